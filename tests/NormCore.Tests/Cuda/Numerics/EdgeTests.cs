using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Elements that are no numbers, and the entries for synchronized batch norm.</summary>
public class EdgeTests
{
    public static TheoryData<int, int, int, int, int> Geometries => AccuracyTests.Geometries;

    [Theory]
    [MemberData(nameof(Geometries))]
    public void NaN_and_infinity_stay_in_their_set(int outer, int samples, int groups, int channels, int run)
    {
        var geometry = new Geometry(outer, samples, groups, channels, run);
        foreach (var (shared, major) in new[] { (227 * 1024, 9), (1024, 8) })
        {
            using var clean = new Solver(new(geometry), FakeCudaDevices.With(shared, major));
            using var spoilt = new Solver(new(geometry), FakeCudaDevices.With(shared, major));
            spoilt.SetX(0, double.PositiveInfinity);
            spoilt.SetX((int)geometry.Elements - 1, double.NaN);
            var (wanted, y) = (clean.ForwardY(), spoilt.ForwardY());
            for (var i = 0; i < y.Length; i++)
            {
                var set = clean.SetOf(i);
                if (set == 0 || set == geometry.Sets - 1) Assert.True(double.IsNaN(y[i]), $"y[{i}] is {y[i]}");
                else Assert.Equal(wanted[i], y[i]);
            }
            Assert.Equal(geometry.Sets == 1 ? double.NaN : double.PositiveInfinity, spoilt.Mean()[0]);
        }
    }

    /// <summary>Two replicas with a third and two thirds of the samples do together what one does alone.</summary>
    [Theory]
    [InlineData(6, 3, 49)]
    [InlineData(90, 20, 1)]
    public void Replicas_merge_their_moments_and_share_their_sums(int samples, int groups, int run)
    {
        var device = FakeCudaDevices.With();
        var whole = new Geometry(1, samples, groups, 1, run);
        using var alone = new Solver(new(whole) { Mean = 1e4 }, device);
        var expected = alone.ForwardY();
        var dx = alone.BackwardDx(0, 0, 0);

        var first = whole with { Samples = samples / 3 };
        var (parts, sums) = (new List<double[]>(), new List<double[]>());
        var begin = 0L;
        foreach (var shard in new[] { first, whole with { Samples = samples - first.Samples } })
        {
            parts.Add(alone.Moments(shard, begin));
            sums.Add(alone.Sums(shard, begin));
            begin += shard.Elements;
        }
        alone.Merge([.. parts.SelectMany(part => part)], parts.Count);
        var together = alone.GivenY();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], together[i], 1e-5);

        double[] all = [.. sums[0].Zip(sums[1], (a, b) => a + b)];
        using var sumDyXhat = new DeviceMemory(groups).Set(all.AsSpan(0, groups));
        using var sumDy = new DeviceMemory(groups).Set(all.AsSpan(groups));
        var shared = alone.BackwardDx(sumDy.At, sumDyXhat.At, whole.Count);
        for (var i = 0; i < dx.Length; i++) Assert.Equal(dx[i], shared[i], 1e-5);
    }
}
