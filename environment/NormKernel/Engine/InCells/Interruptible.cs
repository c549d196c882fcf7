using System.ComponentModel;
using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.InCells;

/// <summary>What the loops and methods of cells look at, so that an interrupted cell ends by an ordinary exception.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interruptible
{
    /// <summary>The name in AppContext of <see cref="Check"/>, an <c>Action</c>: for the loops of libraries, which need no reference to this program.</summary>
    public const string Name = "Notebook.Interruption";

    /// <summary>Other than 0 while a cell is to end: only then there is something to check.</summary>
#pragma warning disable CA2211, CA1051 // Cells read it in every round of every loop, so it must not cost a call.
    public static volatile int Pending;
#pragma warning restore CA2211, CA1051

    /// <summary>In each round of a loop: returns, unless the cell that the calling code belongs to was interrupted.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public static void Check()
    {
        if (Pending != 0)
            CellOutput.Current?.Stop.ThrowIfCancellationRequested();
    }

    /// <summary>At the start of each method: as <see cref="Check"/>, but only a moment later, so that finally blocks can call methods that tidy up.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted a moment ago.</exception>
    public static void CheckCall() => CellOutput.Current?.ThrowIfRefused();

    internal static void Install() => AppContext.SetData(Name, (Action)Check);

    /// <summary>Cells have to look, from now until as many calls of <see cref="Leave"/>.</summary>
    internal static void Enter() => Interlocked.Increment(ref Pending);

    internal static void Leave() => Interlocked.Decrement(ref Pending);
}
