using NormCore.Kernels;

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

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Columns_equal_the_formulas(int outer, int samples, int groups, int run)
    {
        var geometry = new Geometry(outer, samples, groups, 1, run);
        Check(new(geometry) { Running = outer == 1 });
        Check(new(geometry, CudaElement.BFloat16) { Relu = true, Residual = true, SumGradient = true, Parameter = CudaElement.Float32 });
        Check(new(geometry, CudaElement.Float16) { IsGiven = true });
    }

    [Fact]
    public void Columns_that_begin_off_their_alignment_equal_the_formulas() =>
        Check(new(new(1, 20, 16, 1, 1), CudaElement.BFloat16) { Skew = 1 });

    private static void Check(CudaCase of)
    {
        using var solver = new Solver(of, FakeCudaDevices.With());
        solver.Check();
    }
}
