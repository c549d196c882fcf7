using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Sets made of runs: batch norm of images, group norm, instance norm, long rows.</summary>
public class RunTests
{
    // Outer, samples, groups, channels, run.
    public static TheoryData<int, int, int, int, int> Geometries => new()
    {
        { 1, 4, 3, 1, 49 },     // batch norm, odd maps
        { 1, 3, 5, 1, 784 },
        { 1, 2, 2, 1, 3136 },   // more lanes than units
        { 3, 2, 4, 1, 64 },     // ghost batch norm
        { 1, 1, 3, 1, 196 },    // a batch of one
        { 4, 1, 3, 1, 1000 },   // instance norm
        { 2, 1, 3, 4, 49 },     // group norm
        { 3, 1, 2, 5, 200 },
        { 2, 1, 1, 3, 20 },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Sets_on_chip_equal_the_formulas(int outer, int samples, int groups, int channels, int run)
    {
        var geometry = new Geometry(outer, samples, groups, channels, run);
        Check(new(geometry) { Running = outer == 1, Relu = true });
        Check(new(geometry, CudaElement.BFloat16) { Residual = true, SumGradient = true, Parameter = CudaElement.Float32 });
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Sets_in_chunks_equal_the_formulas(int outer, int samples, int groups, int channels, int run)
    {
        var geometry = new Geometry(outer, samples, groups, channels, run);
        Check(new(geometry, CudaElement.Float16) { Running = outer == 1, Relu = true }, FakeCudaDevices.With(700, 8));
        Assert.Contains(FakeCuda.Launches(), launch => launch.Kernel == "runs_dx");
        Check(new(geometry) { Residual = true, Centered = channels == 1, SumGradient = true }, FakeCudaDevices.With(700, 8));
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Given_statistics_equal_the_formulas(int outer, int samples, int groups, int channels, int run) =>
        Check(new(new(outer, samples, groups, channels, run), CudaElement.BFloat16) { IsGiven = true, Relu = true });

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Sets_of_a_cluster_equal_the_formulas(int cluster)
    {
        // 80 kB backward, of which a share and a half fits twice into the shared memory.
        var shared = 240_000 / cluster;
        var batch = new Geometry(1, 8, 2, 1, 1280);
        var device = FakeCudaDevices.With(shared);
        Check(new(batch) { Running = true, Relu = true }, device);
        Assert.Contains(FakeCuda.Launches(), launch => launch.Kernel == "runs_backward" && launch.Shape.Cluster == cluster);
        Check(new(new(2, 1, 1, 8, 1280)) { Residual = true }, FakeCudaDevices.With(shared));
        Check(new(new(1, 1, 1, 30_001, 1), CudaElement.BFloat16), FakeCudaDevices.With(shared));
    }

    [Fact]
    public void Runs_that_begin_off_their_alignment_equal_the_formulas() =>
        Check(new(new(1, 3, 2, 1, 64), CudaElement.BFloat16) { Skew = 2 });

    private static void Check(CudaCase of, CudaDevice? device = null)
    {
        using var solver = new Solver(of, device ?? FakeCudaDevices.With());
        solver.Check();
    }
}
