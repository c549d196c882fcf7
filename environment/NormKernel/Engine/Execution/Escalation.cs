using NormKernel.Engine.InCells;
using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.Execution;

/// <summary>
/// Ends an interrupted cell by ever stronger means. Its loops, awaits and questions see the interruption by themselves; after a
/// moment what sleeps or waits is woken, and what shows something is refused; what still runs then, in a library's code, is aborted.
/// </summary>
internal sealed class Escalation : IDisposable
{
    private const int Running = 0, Striking = 1, Ended = 2;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100), Grace = TimeSpan.FromMilliseconds(300), Pause = TimeSpan.FromMilliseconds(50);

    private readonly Thread cell;
    private readonly CellOutput output;
    private readonly CancellationTokenSource abort = new();
    private readonly CancellationTokenRegistration registration;
    private int state;
    private bool started;

    /// <param name="cell">The thread that runs the cell.</param>
    /// <param name="output">The cell's, with the request to stop.</param>
    public Escalation(Thread cell, CellOutput output)
    {
        (this.cell, this.output) = (cell, output);
        registration = output.Stop.UnsafeRegister(_ => Start(), null);
    }

    /// <summary>Cancelled when nothing else has helped.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>For the cell's thread, after the cell: from now on nothing strikes it.</summary>
    /// <param name="rest">What the cell may have left running.</param>
    public void End(Task? rest)
    {
        registration.Unregister();
        var spin = default(SpinWait);
        while (Interlocked.CompareExchange(ref state, Ended, Running) == Striking)
            spin.SpinOnce(sleep1Threshold: -1); // no wait that an interrupt could end
        ForgetInterrupt();
        if (!started)
            return;
        if (rest is null or { IsCompleted: true })
            Interruptible.Leave();
        else
            rest.ContinueWith(_ => Interruptible.Leave(), TaskScheduler.Default);
    }

    public void Dispose() => abort.Dispose();

    // An interrupt that met no wait stays pending, and would end the next one.
    private static void ForgetInterrupt()
    {
        try
        {
            Thread.Sleep(0);
        }
        catch (ThreadInterruptedException)
        {
        }
    }

    private void Start() => IfRunning(() =>
    {
        started = true;
        Interruptible.Enter();
        // A thread of its own: the pool may be full of what the cell started.
        new Thread(Escalate) { IsBackground = true, Name = "interruption" }.Start();
    });

    private void Escalate()
    {
        Thread.Sleep(Moment);
        output.Entrance.Close();
        for (var waited = TimeSpan.Zero; Wake(); waited += Pause)
        {
            if (waited >= Grace && output.Entrance.IsEmpty && !abort.IsCancellationRequested)
                new Thread(Strike) { IsBackground = true, Name = "abort" }.Start();
            Thread.Sleep(Pause);
        }
    }

    // Returns only when the thread has left native code, and goes on waking it meanwhile: an abort does not end a wait.
    private void Strike()
    {
        try
        {
            abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cell has ended just now.
        }
    }

    private bool Wake() => IfRunning(() =>
    {
        if ((cell.ThreadState & ThreadState.WaitSleepJoin) != 0)
            cell.Interrupt();
    });

    /// <returns>False when the cell has ended.</returns>
    private bool IfRunning(Action action)
    {
        var before = Interlocked.CompareExchange(ref state, Striking, Running);
        if (before == Running)
        {
            action();
            Volatile.Write(ref state, Running);
        }

        return before != Ended;
    }
}
