using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Sets that lie across memory: batch norm of (N, C), channels last, short runs.</summary>
public class ColumnTests
{
    // Outer, samples, groups, run.
    public static TheoryData<int, int, int, int> Geometries => new()
    {
        { 1, 5, 3, 1 },
        { 1, 700, 24, 1 },
        { 1, 33, 257, 1 },
        { 1, 4, 520, 1 },
        { 2, 130, 16, 1 },  // ghost batch norm
        { 1, 40, 6, 4 },    // 2 × 2 maps
        { 2, 7, 5, 9 },
    };

    public static MatrixTheoryData<int, int> ClustersAndTypes => new([1, 2, 4, 8], [0, 1, 2]);

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Columns_on_chip_equal_the_formulas(int outer, int samples, int groups, int run) =>
        Check(outer, samples, groups, run, () => FakeCudaDevices.With(), run == 1 ? ["columns_once_forward", "columns_once_backward"] : ["columns_apply", "columns_dx"]);

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Columns_that_are_read_twice_equal_the_formulas(int outer, int samples, int groups, int run) =>
        Check(outer, samples, groups, run, () => FakeCudaDevices.With(700, 8), ["columns_apply", "columns_dx"]);

    /// <summary>Rows of threads are 16 to 128, depending on the width of a tile, which 33 columns do not fill.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 2)]
    [InlineData(33, 0)]
    [InlineData(33, 1)]
    [InlineData(40, 0)]
    [InlineData(40, 2)]
    public void Columns_of_every_length_equal_the_formulas(int groups, int element)
    {
        foreach (var samples in new[] { 2, 15, 16, 17, 31, 32, 33, 127, 128, 129 })
            Check(new(new(1, samples, groups, 1, 1), (CudaElement)element) { Running = true, Relu = samples % 2 == 0 }, FakeCudaDevices.With());
    }

    /// <summary>637 rows are no multiple of anything, and the last tile of 104 columns is not full.</summary>
    [Theory]
    [MemberData(nameof(ClustersAndTypes))]
    public void Columns_of_a_cluster_equal_the_formulas(int cluster, int element)
    {
        // 80 kB backward, of which a share, but not two, fits twice into the shared memory; forward half of it.
        var of = new CudaCase(new(1, 637, 104, 1, 1), (CudaElement)element) { Running = true };
        Check(of with { Relu = true, SumGradient = true }, FakeCudaDevices.With(240_000 / cluster));
        Assert.Contains(FakeCuda.Launches(), launch => launch.Kernel == "columns_once_backward" && launch.Shape.Cluster == cluster);
        Check(of with { Residual = true, Parameter = CudaElement.Float32 }, FakeCudaDevices.With(140_000 / cluster));
        Assert.Contains(FakeCuda.Launches(), launch => launch.Kernel == "columns_once_forward" && launch.Shape.Cluster == cluster);
        Check(new(new(2, 637, 40, 1, 1), (CudaElement)element) { Centered = false }, FakeCudaDevices.With(240_000 / cluster));
    }

    [Fact]
    public void Columns_that_begin_off_their_alignment_equal_the_formulas()
    {
        foreach (var (element, skew) in new[] { (CudaElement.BFloat16, 1), (CudaElement.Float16, 2), (CudaElement.Float32, 1) })
        {
            Check(new(new(1, 40, 48, 1, 1), element) { Skew = skew }, FakeCudaDevices.With());
            Check(new(new(1, 40, 48, 1, 1), element) { Skew = skew, Residual = true }, FakeCudaDevices.With(700, 8));
        }
    }

    private static void Check(int outer, int samples, int groups, int run, Func<CudaDevice> device, string[] kernels)
    {
        var geometry = new Geometry(outer, samples, groups, 1, run);
        Check(new(geometry) { Running = outer == 1 }, device());
        Assert.Empty(kernels.Except(FakeCuda.Launches().Select(launch => launch.Kernel)));
        Check(new(geometry, CudaElement.BFloat16) { Relu = true, Residual = true, SumGradient = true, Parameter = CudaElement.Float32 }, device());
        Check(new(geometry, CudaElement.Float16) { IsGiven = true }, device());
    }

    private static void Check(CudaCase of, CudaDevice device)
    {
        using var solver = new Solver(of, device);
        solver.Check();
    }
}
