using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Sets that are contiguous rows with a γ for each element or short run.</summary>
public class RowTests
{
    // Around the boundaries of packets, warps and blocks; 5 rows are no multiple of what a block takes at a time.
    private static readonly int[] Lengths = [1, 2, 7, 8, 31, 33, 64, 255, 257, 1000, 1024, 4099];

    public static TheoryData<int, int> LengthsAndTypes => [.. Lengths.SelectMany(length => new[] { (length, 0), (length, 2) }), (8, 1), (257, 1), (1024, 1)];

    [Theory]
    [MemberData(nameof(LengthsAndTypes))]
    public void Rows_of_every_length_equal_the_formulas(int length, int element) => Check(new(new(5, 1, 1, length, 1), (CudaElement)element));

    [Theory]
    [InlineData(33)]
    [InlineData(1024)]
    public void So_do_rows_without_a_mean_with_a_residual_a_ReLU_and_float32_parameters(int length)
    {
        var rows = new Geometry(5, 1, 1, length, 1);
        Check(new(rows, CudaElement.BFloat16) { Centered = false });
        Check(new(rows, CudaElement.Float16) { Residual = true, SumGradient = true, Parameter = CudaElement.Float32 });
        Check(new(rows, CudaElement.BFloat16) { Relu = true, Parameter = CudaElement.Float32 });
        Check(new(rows) { Residual = true, Relu = true, SumGradient = true });
        Check(new(rows, CudaElement.BFloat16) { Centered = false, Residual = true, Relu = true });
    }

    [Theory]
    [InlineData(3, 8, 1)]
    [InlineData(3, 5, 4)]
    [InlineData(1, 6, 15)]
    [InlineData(7, 1, 9)]
    public void So_do_groups_of_short_runs(int groups, int channels, int run)
    {
        Check(new(new(9, 1, groups, channels, run)) { Relu = true });
        Check(new(new(9, 1, groups, channels, run), CudaElement.BFloat16));
    }

    [Fact]
    public void Rows_that_begin_off_their_alignment_equal_the_formulas() =>
        Check(new(new(4, 1, 1, 64, 1), CudaElement.Float16) { Skew = 1, Parameter = CudaElement.Float32 });

    [Theory]
    [InlineData(16384, 2)]
    [InlineData(8192, 0)]
    public void Rows_of_a_whole_block_equal_the_formulas(int length, int element) => Check(new(new(2, 1, 1, length, 1), (CudaElement)element));

    [Theory]
    [InlineData(20_000, 24)]  // one block's registers forward, two blocks' backward
    [InlineData(40_000, 40)]
    [InlineData(3000, 9)]    // shared memory for a quarter of what is held backward
    public void Rows_of_a_cluster_equal_the_formulas(int length, int kilobytes)
    {
        Check(new(new(3, 1, 1, length, 1), CudaElement.BFloat16), FakeCudaDevices.With(kilobytes * 1024, 9));
        Assert.Contains(FakeCuda.Launches(), launch => launch.Shape.Cluster > 1);
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(33_001, 2)]
    public void Rows_too_long_for_the_chip_are_read_twice_and_equal_the_formulas(int length, int element)
    {
        Check(new(new(3, 1, 1, length, 1), (CudaElement)element) { Relu = true }, FakeCudaDevices.With(8 * 1024, 8));
        Assert.Contains(FakeCuda.Launches(), launch => launch.Kernel == "columns_sums");
    }

    private static void Check(CudaCase of, CudaDevice? device = null)
    {
        using var solver = new Solver(of, device ?? FakeCudaDevices.With());
        solver.Check();
    }
}
