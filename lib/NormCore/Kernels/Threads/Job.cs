namespace NormCore.Kernels;

/// <summary>Work split into numbered tasks. The split must follow from the data alone, never from the number of threads, so that results do not depend on it.</summary>
internal abstract class Job
{
    /// <summary>Does one task; tasks run in any order and on any thread.</summary>
    public abstract void Run(int task);
}
