using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>What holds for all kernels: digits at a large mean, and the same bits whatever the order of blocks and threads.</summary>
public class AccuracyTests
{
    // Rows, runs and columns on chip, in clusters and in two reads; outer, samples, groups, channels, run.
    public static TheoryData<int, int, int, int, int> Geometries => new()
    {
        { 20, 1, 1, 1000, 1 },
        { 40, 1, 2, 24, 1 },
        { 2, 3, 2, 1, 700 },
        { 3, 1, 2, 4, 80 },
        { 1, 1, 1, 60_000, 1 },
        { 2, 500, 20, 1, 1 },
        { 1, 3000, 24, 1, 1 },
    };

    /// <remarks>The tolerances are those of a mean of 0.5: float32 holds 10⁶ in steps of 0.06, and no more is lost.</remarks>
    [Theory]
    [MemberData(nameof(Geometries))]
    public void A_mean_of_a_million_costs_no_digits(int outer, int samples, int groups, int channels, int run)
    {
        foreach (var (shared, major) in new[] { (227 * 1024, 9), (1024, 8) })
        {
            using var solver = new Solver(new(new(outer, samples, groups, channels, run)) { Mean = 1e6 }, FakeCudaDevices.With(shared, major));
            solver.Check();
        }
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Results_do_not_depend_on_the_order_of_blocks_and_threads(int outer, int samples, int groups, int channels, int run)
    {
        foreach (var (shared, major) in new[] { (48 * 1024, 9), (1024, 8) })
        {
            var of = new CudaCase(new(outer, samples, groups, channels, run), CudaElement.BFloat16) { Relu = true, Running = outer == 1, Residual = run % 2 == 0 };
            var first = Results(of, shared, major, reverse: false, late: true);
            Assert.Equal(first, Results(of, shared, major, reverse: true, late: true));
            Assert.Equal(first, Results(of, shared, major, reverse: true, late: false));
        }
    }

    private static byte[] Results(CudaCase of, int shared, int major, bool reverse, bool late)
    {
        var device = FakeCudaDevices.With(shared, major);
        FakeCuda.SetReverse(reverse);
        FakeCuda.SetCopiesLate(late);
        using var solver = new Solver(of, device);
        return solver.Results();
    }
}
