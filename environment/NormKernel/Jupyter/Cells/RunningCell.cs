using NormKernel.Engine;

namespace NormKernel.Jupyter.Cells;

/// <summary>A cell in work, and how to stop it.</summary>
#pragma warning disable CA1001 // The source holds nothing to free, and work that a cell leaves behind may still look at its token.
public sealed class RunningCell
#pragma warning restore CA1001
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource source = new();
    private int interrupted;

    /// <summary>Cancelled by an interruption.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Where the cell's outputs go, once it has some.</summary>
    public IOutputSink? Sink { get; set; }

    /// <summary>Completed when the cell has ended.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Stops managed code at once; native code cannot be stopped, so a cell that goes on is told of.</summary>
    public void Interrupt()
    {
        if (Interlocked.Exchange(ref interrupted, 1) == 1)
            return;

        // A thread of its own: the pool may be full of what the cell started.
        new Thread(Stop) { IsBackground = true, Name = "interrupt" }.Start();
    }

    private void Stop()
    {
        source.Cancel();
        if (!Ended.Task.Wait(Patience))
            Sink?.Stream("stderr", "The cell is in code that cannot be interrupted, native code most likely: it stops when that returns. Restart the kernel to stop it now.\n");
    }
}
