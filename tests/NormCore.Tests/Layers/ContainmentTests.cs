using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>What is wrong with one element stays among the elements that share statistics with it.</summary>
public class ContainmentTests
{
    public static TheoryData<string, double> Cases => LayerRow.With([double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_that_is_no_number_changes_nothing_outside_its_own_set(string name, double value)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(21);
        var row = LayerRow.Rows[name];
        long[] shape = [4, 6, 3, 2];
        using var layer = row.Random(random, shape);
        var (x, dy) = (random.Normal(shape), random.Normal(shape));
        var spoiled = x.clone();
        spoiled[0, 1, 0, 0] = value;
        var outside = ones(shape, ScalarType.Bool);
        outside[row.Shared] = false;

        var state = layer.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var expected = Gradients.Of(layer, x, dy);
        layer.load_state_dict(state);
        var actual = Gradients.Of(layer, spoiled, dy);

        Assert.True(actual[0].masked_select(outside).Equals(expected[0].masked_select(outside)), "y");
        Assert.True(actual[1].masked_select(outside).Equals(expected[1].masked_select(outside)), "dx");
        // And the test would notice: the element itself is not what it was.
        Assert.NotEqual(expected[0][0, 1, 0, 0].item<double>(), actual[0][0, 1, 0, 0].item<double>());
    }
}
