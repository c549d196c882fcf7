using System.ComponentModel;
using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.InCells;

/// <summary>What the loops of a cell call each time round, so that an interrupted one ends by an ordinary exception.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interruptible
{
    private static int interrupted;

    /// <summary>Returns, unless the cell that the calling code belongs to was interrupted.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public static void Check()
    {
        // Almost always nobody is: loops must not pay for more than this.
        if (Volatile.Read(ref interrupted) != 0)
            CellOutput.Current?.Stop.ThrowIfCancellationRequested();
    }

    /// <summary>Loops have to look, from now until as many calls of <see cref="Leave"/>.</summary>
    internal static void Enter() => Interlocked.Increment(ref interrupted);

    internal static void Leave() => Interlocked.Decrement(ref interrupted);
}
