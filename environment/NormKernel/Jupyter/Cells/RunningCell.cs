using NormKernel.Engine;

namespace NormKernel.Jupyter.Cells;

/// <summary>A cell in work, and how to stop it.</summary>
/// <param name="end">Ends the process, which stops anything.</param>
#pragma warning disable CA1001 // The source holds nothing to free, and work that a cell leaves behind may still look at its token.
public sealed class RunningCell(Action end)
#pragma warning restore CA1001
{
    private const string Stuck = "The cell is in code that does not see interruptions, a library's or native code: it stops when that returns. To stop it now, interrupt once more: the kernel ends then, and its variables are lost.\n";
    private const string Ending = "The cell is stopped by ending the kernel. The front end starts it anew: run the notebook from its first cell.\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource source = new();
    private int interrupted;
    private volatile bool isStuck;

    /// <summary>Cancelled by an interruption.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Where the cell's outputs go, once it has some.</summary>
    public IOutputSink? Sink { get; set; }

    /// <summary>Completed when the cell has ended.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks the cell to end; where it was seen that it cannot, ends the process.</summary>
    public void Interrupt()
    {
        if (Interlocked.Exchange(ref interrupted, 1) == 0)
        {
            // A thread of its own: the pool may be full of what the cell started.
            new Thread(Stop) { IsBackground = true, Name = "interrupt" }.Start();
        }
        else if (isStuck && !Ended.Task.IsCompleted)
        {
            Sink?.Stream("stderr", Ending);
            end();
        }
    }

    private void Stop()
    {
        source.Cancel();
        if (Ended.Task.Wait(Patience))
            return;

        Sink?.Stream("stderr", Stuck);
        isStuck = true;
    }
}
