using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Plans;

/// <summary>Where sets across memory are read once, on an A100 and on an H100.</summary>
public class ColumnPlanTests
{
    private static readonly DeviceProperties A100 = new(8, 0, 108, 163 * 1024, "A100");
    private static readonly DeviceProperties H100 = new(9, 0, 132, 227 * 1024, "H100");

    /// <remarks>Forward / backward: the width of a tile, the blocks of its cluster, the memory of one, and all blocks.</remarks>
    [Theory]
    [InlineData("channels last 64 x 7 x 7 x 2048", "64 B, 4 x 54 kB, 256 / 64 B, 4 x 106 kB, 256", "32 B, 1 x 106 kB, 128 / twice")]
    [InlineData("channels last 256 x 14 x 14 x 512", "32 B, 8 x 202 kB, 256 / twice", "twice / twice")]
    [InlineData("channels last 128 x 28 x 28 x 256", "twice / twice", "twice / twice")]
    [InlineData("channels last 32 x 56 x 56 x 64", "twice / twice", "twice / twice")]
    [InlineData("8 ghosts of 32 x 14 x 14 x 512", "64 B, 4 x 102 kB, 512 / 64 B, 8 x 106 kB, 1024", "twice / twice")]
    [InlineData("perceptron 128 x 1024", "64 B, 1 x 9 kB, 32 / 64 B, 1 x 18 kB, 32", "64 B, 1 x 9 kB, 32 / 64 B, 1 x 18 kB, 32")]
    [InlineData("perceptron 1024 x 4096", "64 B, 2 x 34 kB, 256 / 64 B, 2 x 66 kB, 256", "64 B, 1 x 66 kB, 128 / 32 B, 1 x 65 kB, 256")]
    [InlineData("perceptron 16384 x 64", "32 B, 8 x 65 kB, 32 / 32 B, 8 x 130 kB, 32", "twice / twice")]
    [InlineData("perceptron 4096 x 512", "64 B, 8 x 34 kB, 128 / 32 B, 8 x 33 kB, 256", "twice / twice")] // a tile would fit an A100
    public void Columns_are_read_once_where_a_tile_fits_and_keeps_the_device_busy(string shape, string onH100, string onA100)
    {
        var geometry = Shapes.All.Single(one => one.Name == shape).Geometry;
        Assert.Equal((onH100, onA100), (Plans(geometry, H100), Plans(geometry, A100)));
    }

    private static string Plans(Geometry geometry, DeviceProperties on) => string.Join(" / ", new[] { 1, 2 }.Select(arrays =>
        ColumnOncePlan.Of(geometry, CudaElement.BFloat16, 8, arrays, on) is { } plan
            ? $"{plan.Lanes * 16} B, {plan.Cluster} x {plan.SharedBytes / 1024} kB, {plan.Blocks}"
            : "twice"));
}
