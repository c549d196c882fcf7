using System.Diagnostics;

namespace NormLab.Timing;

/// <summary>Times several actions in turn, round after round, so that all of them meet the same weather.</summary>
public static class Interleaved
{
    private const double LeastSampleMilliseconds = 1;

    // The JIT looks for busy methods every 100 ms and compiles them twice more.
    private const double WarmUpSeconds = 0.7;

    /// <summary>Runs whole rounds until the time is used up, at least three.</summary>
    /// <param name="seconds">How long to measure, warm-up not counted.</param>
    /// <param name="actions">What to time.</param>
    /// <returns>For each action the milliseconds of one call, a sample per round.</returns>
    public static double[][] Run(double seconds, params Action[] actions)
    {
        WarmUp(actions);
        var calls = actions.Select(CallsPerSample).ToArray();
        var samples = actions.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 3 || clock.Elapsed.TotalSeconds < seconds; round++)
            for (var k = 0; k < actions.Length; k++)
            {
                var i = round % 2 == 0 ? k : actions.Length - 1 - k; // Who follows whom alternates.
                actions[i](); // Brings its own data into the caches, as in a loop that repeats it.
                samples[i].Add(Sample(actions[i], calls[i]));
            }
        return [.. samples.Select(list => list.ToArray())];
    }

    /// <summary>Runs each action once in each of so many rounds, for actions long enough to be a sample; one round more goes first, unmeasured.</summary>
    public static double[][] Rounds(int rounds, params Action[] actions)
    {
        var samples = actions.Select(_ => new double[rounds]).ToArray();
        foreach (var action in actions) action();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < actions.Length; i++)
                samples[i][round] = Sample(actions[i], 1);
        return samples;
    }

    /// <summary>The median of a/b over the rounds.</summary>
    public static double Ratio(double[] a, double[] b) => Median([.. a.Zip(b, (x, y) => x / y)]);

    /// <summary>The middle value.</summary>
    public static double Median(double[] values) => NormLab.Median.Of(values);

    private static void WarmUp(Action[] actions)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 30 || clock.Elapsed.TotalSeconds < WarmUpSeconds; i++)
            foreach (var action in actions) action();
    }

    private static int CallsPerSample(Action action)
    {
        var one = Sample(action, 10);
        return Math.Max(1, (int)Math.Ceiling(LeastSampleMilliseconds / one));
    }

    private static double Sample(Action action, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }
}
