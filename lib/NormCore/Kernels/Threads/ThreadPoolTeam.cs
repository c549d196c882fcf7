namespace NormCore.Kernels;

/// <summary>Helpers from the .NET thread pool beside the calling thread, for systems where torch's own team cannot be had.</summary>
/// <remarks>The caller works too and waits only for tasks that have begun, so a busy pool costs speed and can never hold it up.</remarks>
internal static class ThreadPoolTeam
{
    public static void Run(SharedWork work, int threads)
    {
        for (var helper = 1; helper < threads; helper++)
            ThreadPool.UnsafeQueueUserWorkItem(Team.TakePart, work, preferLocal: false);
        Team.TakePart(work);
        var wait = new SpinWait();
        while (!work.IsFinished) wait.SpinOnce();
    }
}
