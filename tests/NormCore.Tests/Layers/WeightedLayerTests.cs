using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>What the wrappers that run a layer with another weight have in common.</summary>
public class WeightedLayerTests
{
    public static TheoryData<string> Layers =>
    [
        "linear", "linear, no bias", "conv1d", "conv1d, stride", "conv1d, replicate", "conv1d, same, even kernel", "conv2d", "conv2d, valid",
        "conv2d, stride, padding, dilation, groups", "conv2d, reflect", "conv2d, circular, stride", "conv2d, same, reflect",
    ];

    public static TheoryData<string, string> WrappersAndLayers =>
        [.. new[] { "standard", "scaled", "norm" }.SelectMany(wrapper => new[] { "linear", "conv1d, stride", "conv2d" }.Select(layer => (wrapper, layer)))];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_wrapper_computes_what_the_layer_would_with_the_other_weight(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(80);
        var (layer, x) = Create(name, random);
        using var standardized = new WeightStandardization(layer, 0.01);
        using var normalized = new WeightNorm(layer);
        var dy = random.Normal(layer.call(x).shape);
        RandomStates.RequireSame(normalized.Run(x, dy).Take(2), layer.Run(x, dy).Take(2));
        using (no_grad()) layer.get_parameter("weight")!.copy_(WeightStandardization.Standardize(standardized.Weight, 0.01));
        RandomStates.RequireSame(standardized.Run(x, dy).Take(2), layer.Run(x, dy).Take(2));
        // One sample of the batch, as an input without a batch axis.
        RandomStates.RequireSame([standardized.call(x[1])], [layer.call(x)[1]]);
        RandomStates.RequireSame([standardized.call(x.transpose(-1, -2).contiguous().transpose(-1, -2))], [layer.call(x)]);
        Assert.Equal(0, standardized.call(x[TensorIndex.Slice(0, 0)]).numel());
        layer.Dispose();
    }

    [Theory]
    [MemberData(nameof(WrappersAndLayers))]
    public void Derivatives_are_central_differences(string wrapper, string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(81);
        using var layer = Wrapped(wrapper, name, random, out var x);
        var dy = random.Normal(layer.call(x).shape);
        var weight = layer.parameters().MaxBy(parameter => parameter.numel())!;
        Tensor[] at = [x.requires_grad_(), .. layer.parameters()];
        var v = random.Normal(weight.shape);
        foreach (var (variable, gradient) in at.Zip(autograd.grad([(layer.call(x) * dy).sum()], at)))
            DerivativeTests.RequireClose(gradient, DerivativeTests.Differences(variable, () => (layer.call(x) * dy).sum()));

        Tensor AlongV(bool graph) =>
            (autograd.grad([(layer.call(x).tanh() * dy).sum()], [weight], create_graph: graph, retain_graph: graph)[0] * v).sum();

        DerivativeTests.RequireClose(autograd.grad([AlongV(graph: true)], [weight])[0], DerivativeTests.Differences(weight, () => AlongV(graph: false)));
    }

    [Theory]
    [MemberData(nameof(WrappersAndLayers))]
    public void Half_types_lose_only_the_rounding_of_weights_and_result(string wrapper, string name)
    {
        foreach (var type in new[] { ScalarType.BFloat16, ScalarType.Float16 })
        {
            using var scope = NewDisposeScope();
            using var random = new RandomLayers(82);
            using var layer = Wrapped(wrapper, name, random, out var x);
            x = x.to(type);
            layer.to(type);
            var y = layer.call(x);
            Assert.Equal(type, y.dtype);
            (y * y).sum().backward();
            Assert.All(layer.parameters(), parameter => Assert.Equal(type, parameter.grad!.dtype));
            layer.to(ScalarType.Float64);
            var expected = layer.call(x.to(ScalarType.Float64));
            // The weight, each product, at most 17 partial sums of n <= 18 terms, the bias's and y are rounded: 21 times half an epsilon of
            // Σ |w x| <= √n ‖w‖ max|x|, where ‖w‖ <= 2 √n, and of the bias below 4.
            var bound = 21 * finfo(type).eps / 2 * (36 * x.abs().max().to(ScalarType.Float64).item<double>() + 4);
            Assert.True((y.to(ScalarType.Float64) - expected).abs().max().item<double>() < bound);
        }
    }

    [Theory]
    [InlineData("standard", "bias weight")]
    [InlineData("scaled", "bias gain weight")]
    [InlineData("norm", "bias weight_g weight_v")]
    public void The_layer_is_copied_and_the_state_has_the_keys_of_PyTorch(string wrapper, string keys)
    {
        using var layer = nn.Conv1d(2, 3, 3);
        var before = MemoryTests.Live();
        using (var copy = Wrap(wrapper, layer))
        using (var x = rand(2, 2, 5))
        {
            Assert.Equal(keys, string.Join(' ', copy.state_dict().Keys.Order(StringComparer.Ordinal)));
            Assert.All(copy.parameters(), parameter => Assert.True(parameter.requires_grad));
            using var y = copy.call(x);
            using (NewDisposeScope())
            using (no_grad())
            {
                layer.weight!.zero_();
                layer.bias!.zero_();
            }
            var during = MemoryTests.Live();
            using var again = copy.call(x);
            Assert.True(again.Equals(y));
            Assert.Equal(during + 1, MemoryTests.Live());
        }
        Assert.Equal(before, MemoryTests.Live());
    }

    internal static nn.Module<Tensor, Tensor> Wrap(string wrapper, nn.Module<Tensor, Tensor> layer) => wrapper switch
    {
        "standard" => new WeightStandardization(layer),
        "scaled" => new ScaledWeightStandardization(layer, 1.7),
        _ => new WeightNorm(layer),
    };

    private static nn.Module<Tensor, Tensor> Wrapped(string wrapper, string name, RandomLayers random, out Tensor x)
    {
        (var layer, x) = Create(name, random);
        using (layer) return Wrap(wrapper, layer);
    }

    private static (nn.Module<Tensor, Tensor> Layer, Tensor X) Create(string name, RandomLayers random)
    {
        const ScalarType type = ScalarType.Float64;
        nn.Module<Tensor, Tensor> layer = name switch
        {
            "linear" => nn.Linear(5, 3, dtype: type),
            "linear, no bias" => nn.Linear(5, 3, hasBias: false, dtype: type),
            "conv1d" => nn.Conv1d(2, 3, 3, padding: 1, dtype: type),
            "conv1d, stride" => nn.Conv1d(4, 4, 3, stride: 2, padding: 2, dilation: 2, groups: 2, dtype: type),
            "conv1d, replicate" => nn.Conv1d(2, 3, 3, padding: 4, padding_mode: PaddingModes.Replicate, dtype: type),
            "conv1d, same, even kernel" => nn.Conv1d(2, 3, 4, Padding.Same, dtype: type),
            "conv2d" => nn.Conv2d(2, 3, (3, 2), (1, 2), (0, 1), bias: false, dtype: type),
            "conv2d, valid" => nn.Conv2d(2, 3, 3, Padding.Valid, stride: 2, dtype: type),
            "conv2d, stride, padding, dilation, groups" => nn.Conv2d(2, 4, (3, 2), (2, 1), (2, 1), (1, 2), groups: 2, dtype: type),
            "conv2d, reflect" => nn.Conv2d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Reflect, dtype: type),
            "conv2d, circular, stride" => nn.Conv2d(2, 3, (3, 2), (2, 2), (2, 1), padding_mode: PaddingModes.Circular, dtype: type),
            "conv2d, same, reflect" => nn.Conv2d(2, 3, 4, Padding.Same, padding_mode: PaddingModes.Reflect, dtype: type),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such layer."),
        };
        var x = layer switch { Linear => random.Normal(2, 4, 5), Conv1d conv => random.Normal(2, conv.in_channels, 6), _ => random.Normal(2, 2, 5, 6) };
        return (random.Randomize(layer), x);
    }
}
