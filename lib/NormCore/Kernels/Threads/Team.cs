using NormCore.Native;
using TorchSharp;

namespace NormCore.Kernels;

/// <summary>Runs jobs on the threads of torch itself: its OpenMP team where that can be had, else the .NET thread pool.</summary>
/// <remarks>
/// After each of its operations torch's threads spin for the next one, so threads of another pool get no core: on two cores they
/// took part in fewer than one call of five. On torch's own team a call starts within a microsecond or two.
/// </remarks>
internal static class Team
{
    [ThreadStatic]
    private static bool isWorking;

    /// <summary>torch.get_num_threads(), also after it changed.</summary>
    public static int Threads
    {
        get
        {
            NativeTorch.Load();
            return torch.get_num_threads();
        }
    }

    /// <summary>Runs all tasks of a job and returns when they are done; tasks go to whichever thread is free.</summary>
    /// <remarks>A job that runs a job of its own does so on its own thread. What a task throws arrives here, after the last task that had begun.</remarks>
    public static void Run(Job job, int tasks)
    {
        if (tasks <= 1 || isWorking || Threads is var threads && threads == 1)
        {
            for (var task = 0; task < tasks; task++) job.Run(task);
            return;
        }
        var work = new SharedWork(job, tasks);
        if (!OpenMPTeam.TryRun(work, threads)) ThreadPoolTeam.Run(work, threads);
        work.ThrowIfFailed();
    }

    /// <summary>Takes part in the work, marking this thread so that jobs inside of jobs do not ask for threads again.</summary>
    internal static void TakePart(SharedWork work)
    {
        isWorking = true;
        work.TakePart();
        isWorking = false;
    }
}
