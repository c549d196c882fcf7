using NormLab.Timing;

namespace NormLab.Tests.Timing;

public class InterleavedTests
{
    [Fact]
    public void Every_round_times_every_action_and_the_order_turns_around()
    {
        var log = new List<char>();
        var times = Interleaved.Run(seconds: 0, () => Wait('a'), () => Wait('b'));

        // After the warm-up, for each action a call that brings its data into the caches and one to measure, three rounds.
        Assert.Equal("aabb" + "bbaa" + "aabb", string.Concat(log.TakeLast(12)));
        Assert.All(times, samples => Assert.Equal(3, samples.Length));
        Assert.All(times.SelectMany(samples => samples), time => Assert.True(time >= 1.5));

        void Wait(char name)
        {
            log.Add(name);
            Thread.Sleep(2);
        }
    }

    [Fact]
    public void A_ratio_is_the_median_of_the_rounds()
    {
        double[] a = [2, 30, 8], b = [1, 3, 2];
        Assert.Equal(4, Interleaved.Ratio(a, b)); // 2, 10 and 4.
        Assert.Equal(2.5, Interleaved.Median([4, 1, 3, 2]));
    }
}
