using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class WeightedLayerErrorTests
{
    public static TheoryData<string> Wrappers => ["standard", "scaled", "norm"];

    [Theory]
    [MemberData(nameof(Wrappers))]
    public void Other_kinds_of_layers_are_refused(string wrapper)
    {
        using var transposed = nn.ConvTranspose2d(2, 3, 3);
        using var activation = nn.ReLU();
        Assert.Contains("ConvTranspose2d was given", Assert.Throws<ArgumentException>(() => WeightedLayerTests.Wrap(wrapper, transposed)).Message, StringComparison.Ordinal);
        Assert.Contains("ReLU was given", Assert.Throws<ArgumentException>(() => WeightedLayerTests.Wrap(wrapper, activation)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => WeightedLayerTests.Wrap(wrapper, null!));
    }

    [Theory]
    [MemberData(nameof(Wrappers))]
    public void Inputs_that_do_not_fit_are_refused_with_what_is_needed(string wrapper)
    {
        using var scope = NewDisposeScope();
        using var plain = nn.Linear(5, 3);
        using var conv = nn.Conv2d(4, 2, 3, groups: 2);
        using var linear = WeightedLayerTests.Wrap(wrapper, plain);
        using var grouped = WeightedLayerTests.Wrap(wrapper, conv);
        Assert.Contains("[2, 4]; (*, 5) is needed", Refusal(linear, rand(2, 4)), StringComparison.Ordinal);
        Assert.Contains("[]; (*, 5) is needed", Refusal(linear, rand([])), StringComparison.Ordinal);
        Assert.Contains("(N, 4, *) or (4, *) with 2 axes *", Refusal(grouped, rand(1, 3, 8, 8)), StringComparison.Ordinal);
        Assert.Contains("(N, 4, *)", Refusal(grouped, rand([1, 1, 4, 8, 8])), StringComparison.Ordinal);
        Assert.Contains("(N, 4, *)", Refusal(grouped, rand(4, 8)), StringComparison.Ordinal);
        Assert.Contains("reaches over 3 elements", Refusal(grouped, rand(1, 4, 8, 2)), StringComparison.Ordinal);
        Assert.Contains("must agree", Refusal(linear, ones(2, 5, ScalarType.Float64)), StringComparison.Ordinal);
        Assert.Contains("fractions", Refusal(linear, ones(2, 5, ScalarType.Int64)), StringComparison.Ordinal);
        Assert.Contains("meta", Refusal(linear, empty([2, 5], device: META)), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => linear.forward(null!));
    }

    [Theory]
    [InlineData(PaddingModes.Reflect, 3, 4)]
    [InlineData(PaddingModes.Circular, 2, 3)]
    [InlineData(PaddingModes.Replicate, 0, 1)]
    public void Padding_that_takes_more_than_the_input_has_is_refused(PaddingModes mode, long tooShort, long longEnough)
    {
        using var scope = NewDisposeScope();
        using var conv = nn.Conv1d(1, 2, 3, padding: 3, padding_mode: mode);
        using var layer = new WeightNorm(conv);
        Assert.Contains("takes its values from the input", Refusal(layer, rand(1, 1, tooShort)), StringComparison.Ordinal);
        var x = rand(1, 1, longEnough);
        Assert.True(layer.call(x).allclose(conv.call(x), 1e-5, 1e-5)); // ten roundings of 6e-8 on numbers of order 1
    }

    [Fact]
    public void Impossible_weights_and_hyperparameters_are_refused()
    {
        using var scope = NewDisposeScope();
        using var one = nn.Linear(1, 3);
        using var depthwise = nn.Conv2d(4, 4, 1, groups: 4);
        using var good = nn.Linear(2, 3);
        foreach (var wrapper in new[] { "standard", "scaled" })
        {
            Assert.Contains("one weight per output", Assert.Throws<ArgumentException>(() => WeightedLayerTests.Wrap(wrapper, one)).Message, StringComparison.Ordinal);
            Assert.Contains("one weight per output", Assert.Throws<ArgumentException>(() => WeightedLayerTests.Wrap(wrapper, depthwise)).Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightStandardization(good, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledWeightStandardization(good, eps: double.NaN));
        foreach (var gain in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledWeightStandardization(good, gain));
        using (no_grad()) good.weight!.select(0, 1).zero_();
        Assert.Contains("all 0", Assert.Throws<ArgumentException>(() => new WeightNorm(good)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WeightStandardization.Standardize(rand(3)));
        Assert.Throws<ArgumentException>(() => WeightStandardization.Standardize(ones(3, 2, ScalarType.Int64)));
        Assert.Contains("(outputs, 1, …)", Assert.Throws<ArgumentException>(() => WeightNorm.Scale(rand(3, 2), rand(3))).Message, StringComparison.Ordinal);
    }

    private static string Refusal(nn.Module<Tensor, Tensor> layer, Tensor x) => Assert.Throws<ArgumentException>(() => layer.forward(x)).Message;
}
