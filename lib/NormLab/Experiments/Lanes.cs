using System.Diagnostics;
using System.Runtime.ExceptionServices;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Experiments;

/// <summary>Does independent work on as many threads as libtorch would use: one piece per thread, or one piece with all of them.</summary>
internal sealed class Lanes(bool parallel)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Does every piece of work, and meanwhile reports from the caller's thread.</summary>
    public void Run(int count, Action<int, CancellationToken> work, Action<string> progress, CancellationToken cancellation)
    {
        var threads = get_num_threads();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var before = RandomState.Read();
        Exception? failure = null;
        var (next, done) = (-1, 0);
        var lanes = Enumerable.Range(0, parallel ? Math.Min(threads, count) : 1).Select(_ => new Thread(Work) { IsBackground = true }).ToList();
        try
        {
            set_num_threads(parallel ? 1 : threads);
            var watch = Stopwatch.StartNew();
            lanes.ForEach(lane => lane.Start());
            foreach (var lane in lanes)
                while (!lane.Join(Pause))
                    progress(TimeLeft(done, count, watch.Elapsed));
        }
        finally
        {
            // Also where reporting failed.
            ending.Cancel();
            lanes.ForEach(lane => lane.Join());
            set_num_threads(threads);
            if (!parallel)
                RandomState.Write(before);
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        if (parallel)
            RequireOwnGenerators(before);

        void Work()
        {
            // Each thread has its own setting.
            set_num_threads(parallel ? 1 : threads);
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) < count; Interlocked.Increment(ref done))
                    work(i, ending.Token);
            }
            catch (Exception error)
            {
                // The first failure ends the others, whose cancellation is no news.
                Interlocked.CompareExchange(ref failure, error, null);
                ending.Cancel();
            }
        }
    }

    internal static string TimeLeft(int done, int count, TimeSpan elapsed)
    {
        var left = done == 0 ? "" : $", {Words(elapsed / done * (count - done))} left";
        return $"{done} of {count} runs{left}";

        static string Words(TimeSpan time) => time.TotalMinutes < 1 ? $"{Math.Ceiling(time.TotalSeconds)} s" : $"{(int)time.TotalMinutes} min {time.Seconds} s";
    }

    private static void RequireOwnGenerators(Tensor before)
    {
        using var after = RandomState.Read();
        if (!before.equal(after).all().item<bool>())
            throw new InvalidOperationException(
                "A run drew from torch's global random generator, which runs that share the processor also share: the numbers depend on their timing. "
                + "Give the layer that draws a Generator of its own, or set IsParallel = false.");
    }
}
