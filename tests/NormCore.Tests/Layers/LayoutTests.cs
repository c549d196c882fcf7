using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>Where and how the elements of an input lie in memory, and whether there are any, makes no difference.</summary>
public class LayoutTests
{
    private static readonly long[] Shape = [4, 6, 4, 3];

    public static TheoryData<string, string> Layouts => LayerRow.With(["channels last", "transposed", "sliced", "expanded"]);

    public static TheoryData<string, string> Empty => LayerRow.With(["no sample", "no row", "no column"], (row, what) => what == "no sample" || !row.FixedSpace);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Results_and_gradients_do_not_depend_on_the_memory_layout(string name, string layout)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(22);
        using var layer = LayerRow.Rows[name].Random(random, Shape);
        var dy = random.Normal(Shape);
        var x = layout switch
        {
            "channels last" => random.Normal(4, 4, 3, 6).permute(0, 3, 1, 2),
            "transposed" => random.Normal(4, 6, 3, 4).transpose(2, 3),
            "sliced" => random.Normal(8, 6, 4, 6)[TensorIndex.Slice(0, null, 2), TensorIndex.Ellipsis, TensorIndex.Slice(1, null, 2)],
            _ => random.Normal(4, 6, 1, 3).expand(Shape),
        };
        Assert.False(x.is_contiguous());
        var state = layer.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var expected = Gradients.Of(layer, x.contiguous(), dy);
        layer.load_state_dict(state);
        // Sums in another order: k = 10 + 2 log₂ 72 roundings of 2.2e-16 beside values of order 1, times a rstd of order 1 in dx.
        Assert.Null(Gradients.Difference(Gradients.Of(layer, x, dy), expected, 1e-13));
    }

    [Theory]
    [MemberData(nameof(Empty))]
    public void An_input_without_elements_gives_one_and_leaves_statistics_and_parameters_as_they_are(string name, string what)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(23);
        long[] shape = what switch { "no sample" => [0, 6, 4, 3], "no row" => [4, 6, 0, 3], _ => [4, 6, 4, 0] };
        using var layer = LayerRow.Rows[name].Random(random, shape);
        var statistics = layer.buffers().Where(buffer => buffer.is_floating_point()).ToArray();
        var before = statistics.Select(buffer => buffer.clone()).ToArray();
        var x = zeros(shape, ScalarType.Float64);
        var run = Gradients.Of(layer, x, zeros_like(x));
        Assert.Equal(shape, run[0].shape);
        Assert.Equal(shape, run[1].shape);
        Assert.All(run[2..], gradient => Assert.False((gradient != 0).any().item<bool>()));
        Assert.All(before.Zip(statistics), pair => Assert.True(pair.First.Equals(pair.Second)));
    }
}
