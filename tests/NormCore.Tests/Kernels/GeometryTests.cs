using NormCore.Kernels;

namespace NormCore.Tests.Kernels;

public class GeometryTests
{
    public static TheoryData<string, long[], long[], long[], int[]> Layers => new()
    {
        { "batch norm", [8, 3, 5, 7], [0, 2, 3], [1], [1, 8, 3, 1, 35] },
        { "batch norm of (N, C)", [8, 3], [0], [1], [1, 8, 3, 1, 1] },
        { "batch norm with channels last", [8, 5, 7, 3], [0, 1, 2], [3], [1, 280, 3, 1, 1] },
        { "batch norm of one channel", [8, 1, 5], [0, 2], [1], [1, 1, 1, 1, 40] },
        { "ghost batch norm", [4, 2, 3, 5], [1, 3], [2], [4, 2, 3, 1, 5] },
        { "layer norm", [2, 4, 6], [2], [2], [8, 1, 1, 6, 1] },
        { "layer norm over (C, H, W)", [2, 4, 6, 5], [1, 2, 3], [1, 2, 3], [2, 1, 1, 120, 1] },
        { "group norm", [2, 3, 4, 5, 6], [2, 3, 4], [1, 2], [2, 1, 3, 4, 30] },
        { "instance norm", [2, 3, 5, 6], [2, 3], [1], [2, 1, 3, 1, 30] },
        { "instance norm of one channel", [2, 1, 5, 6], [2, 3], [1], [2, 1, 1, 1, 30] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_have_their_geometry(string layer, long[] shape, long[] axes, long[] featureAxes, int[] expected)
    {
        Assert.True(Geometry.TryOf(shape, axes, featureAxes, out var geometry), layer);
        Assert.Equal(new Geometry(expected[0], expected[1], expected[2], expected[3], expected[4]), geometry);
    }

    [Theory]
    [InlineData(new long[] { 4, 3, 5 }, new long[] { 1 }, new long[] { 0 })]
    [InlineData(new long[] { 4, 3, 5 }, new long[] { 0, 2 }, new long[] { 1, 2 })]
    [InlineData(new long[] { 4, 3, 5, 2 }, new long[] { 1, 3 }, new long[] { 0, 2 })]
    public void Other_orders_of_axes_have_none(long[] shape, long[] axes, long[] featureAxes) =>
        Assert.False(Geometry.TryOf(shape, axes, featureAxes, out _));
}
