using NormKernel.Engine.InCells;
using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.Execution;

/// <summary>
/// Helps an interrupted cell to its end. Its loops, awaits and questions see the interruption by themselves; after a moment its
/// thread is woken where it sleeps or waits, and its outputs are refused. Nothing is aborted: that can end the process, or leave
/// a lock behind that the next cell waits for.
/// </summary>
internal sealed class Wakening
{
    private const int Running = 0, Waking = 1, Ended = 2;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    // What is woken may wait once more, for the threads that it started to end.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Thread cell;
    private readonly CellOutput output;
    private readonly CancellationTokenRegistration registration;
    private int state;
    private bool started;

    /// <param name="cell">The thread that runs the cell.</param>
    /// <param name="output">The cell's, with the request to stop.</param>
    public Wakening(Thread cell, CellOutput output)
    {
        (this.cell, this.output) = (cell, output);
        registration = output.Stop.UnsafeRegister(_ => IfRunning(Start), null);
    }

    /// <summary>For the cell's thread, after the cell: from now on nothing wakes it.</summary>
    /// <param name="rest">What the cell may have left running.</param>
    public void End(Task? rest)
    {
        while (Interlocked.CompareExchange(ref state, Ended, Running) == Waking)
            Thread.Yield(); // a SpinWait sleeps now and then, which an interrupt would end
        ForgetInterrupt();
        registration.Unregister();
        if (!started)
            return;
        if (rest is null or { IsCompleted: true })
            Interruptible.Leave();
        else
            rest.ContinueWith(_ => Interruptible.Leave(), TaskScheduler.Default);
    }

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

    private void Start()
    {
        started = true;
        Interruptible.Enter();
        // A thread of its own: the pool may be full of what the cell started.
        new Thread(WakeUntilEnd) { IsBackground = true, Name = "interruption" }.Start();
    }

    private void WakeUntilEnd()
    {
        Thread.Sleep(Moment);
        output.Refuse();
        while (IfRunning(Wake))
            Thread.Sleep(Pause);
    }

    private void Wake()
    {
        if ((cell.ThreadState & ThreadState.WaitSleepJoin) != 0)
            cell.Interrupt();
    }

    /// <returns>False when the cell has ended.</returns>
    private bool IfRunning(Action action)
    {
        var before = Interlocked.CompareExchange(ref state, Waking, Running);
        if (before == Running)
        {
            action();
            Volatile.Write(ref state, Running);
        }

        return before != Ended;
    }
}
