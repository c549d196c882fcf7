using System.Runtime.ExceptionServices;

namespace NormCore.Kernels;

/// <summary>One job on its way through a team: each thread that takes part claims the next task until none is left.</summary>
internal sealed class SharedWork(Job job, int tasks)
{
    private int claimed;
    private int finished;
    private ExceptionDispatchInfo? failure;

    /// <summary>Whether every task has ended.</summary>
    public bool IsFinished => Volatile.Read(ref finished) == tasks;

    /// <summary>Claims and runs tasks until none is left; never throws. A thread that comes late finds nothing to do.</summary>
    public void TakePart()
    {
        int task;
        while ((task = Interlocked.Increment(ref claimed) - 1) < tasks)
        {
            if (failure is null) Try(task);
            Interlocked.Increment(ref finished);
        }
    }

    /// <summary>Throws the first exception of a task with the trace it had there.</summary>
    public void ThrowIfFailed() => failure?.Throw();

    private void Try(int task)
    {
        try
        {
            job.Run(task);
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
        }
    }
}
