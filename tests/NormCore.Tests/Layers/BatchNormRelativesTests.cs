using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>What all relatives of batch norm have in common.</summary>
public class BatchNormRelativesTests
{
    public static TheoryData<string> Names => [.. BatchNormRelatives.Names];

    public static TheoryData<string, bool> NamesAndModes =>
        [.. BatchNormRelatives.Names.SelectMany(name => new[] { (name, true), (name, false) })];

    [Theory]
    [InlineData("ghost", "bias num_batches_tracked running_mean running_var weight")]
    [InlineData("frozen", "bias running_mean running_var weight")]
    [InlineData("renorm", "bias num_batches_tracked running_mean running_var weight")]
    [InlineData("lp 1", "bias num_batches_tracked running_mean running_norm weight")]
    public void State_dict_has_the_keys_of_PyTorch_and_goes_into_another_layer(string name, string keys)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(20);
        using var saved = BatchNormRelatives.Create(name, random);
        using var restored = BatchNormRelatives.Create(name, random);
        Assert.Equal(keys, string.Join(' ', saved.state_dict().Keys.Order(StringComparer.Ordinal)));
        restored.load_state_dict(saved.state_dict());
        var x = random.Normal(6, 3);
        saved.eval();
        restored.eval();
        Assert.True(saved.call(x).Equals(restored.call(x)));
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void Gradients_are_the_central_differences_of_the_output(string name, bool training)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(21);
        using var layer = BatchNormRelatives.Create(name, random, momentum: 0);
        layer.train(training);
        var dy = random.Normal(5, 3, 2);
        var x = random.Normal(5, 3, 2);
        // |x| has no derivative at 0; no x is that near, nor any of its neighbours.
        Tensor[] at = [(x + 0.01 * x.sign()).requires_grad_(), .. layer.parameters()];
        var gradients = autograd.grad([(layer.call(at[0]) * dy).sum()], at);
        foreach (var (variable, gradient) in at.Zip(gradients))
            DerivativeTests.RequireClose(gradient, DerivativeTests.Differences(variable, () => (layer.call(at[0]) * dy).sum()));
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void Second_derivatives_are_the_central_differences_of_the_first_backward(string name, bool training)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(22);
        using var layer = BatchNormRelatives.Create(name, random, momentum: 0);
        layer.train(training);
        var (x, dy, v) = (random.Normal(5, 3, 2).requires_grad_(), random.Normal(5, 3, 2), random.Normal(5, 3, 2));

        Tensor AlongV(bool graph) =>
            (autograd.grad([(layer.call(x).tanh() * dy).sum()], [x], create_graph: graph, retain_graph: graph)[0] * v).sum();

        var second = autograd.grad([AlongV(graph: true)], [x])[0];
        DerivativeTests.RequireClose(second, DerivativeTests.Differences(x, () => AlongV(graph: false)));
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void Half_types_lose_only_the_rounding_of_the_result(string name, bool training)
    {
        foreach (var type in new[] { ScalarType.BFloat16, ScalarType.Float16 })
        {
            using var scope = NewDisposeScope();
            using var random = new RandomLayers(23);
            using var half = BatchNormRelatives.Create(name, random, type: type);
            using var wide = BatchNormRelatives.Create(name, random);
            Copy(half, wide);
            half.train(training);
            wide.train(training);
            var x = (random.Normal(8, 3, 4) * 2 + 1).to(type).requires_grad_();
            var (y, expected) = (half.call(x), wide.call(x.to(ScalarType.Float64)));
            y.sum().backward();
            Assert.Equal(type, y.dtype);
            Assert.Equal(type, x.grad!.dtype);
            Assert.All(half.named_buffers().Where(named => named.name.StartsWith("running_", StringComparison.Ordinal)),
                named => Assert.Equal(ScalarType.Float32, named.buffer.dtype));
            // Half an epsilon for storing y; before it, 30 roundings of 6e-8 on terms of y: γ x̂ itself and γ, γ d and β, below 10 in all.
            var bound = finfo(type).eps / 2 * expected.abs() + 2e-6 * (expected.abs() + 10);
            Assert.True(((y.to(ScalarType.Float64) - expected).abs() <= bound).all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void A_converted_layer_computes_with_its_converted_parameters_and_statistics(string name, bool training)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(28);
        using var layer = BatchNormRelatives.Create(name, random, momentum: 0);
        layer.train(training);
        var x = random.Normal(6, 3, 4);
        var before = layer.call(x);
        layer.to(ScalarType.Float32);
        // 40 roundings of 6e-8, those of the parameters and statistics included, on terms of y as above.
        Assert.True(layer.call(x.to(ScalarType.Float32)).to(ScalarType.Float64).allclose(before, 3e-6, 3e-5));
        layer.to(ScalarType.BFloat16);
        Assert.Equal(ScalarType.BFloat16, layer.call(x.to(ScalarType.BFloat16)).dtype);
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void The_input_may_have_any_memory_layout(string name, bool training)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(24);
        using var layer = BatchNormRelatives.Create(name, random, momentum: 0);
        layer.train(training);
        var x = random.Normal(4, 5, 6, 3).permute(0, 3, 1, 2); // (N, H, W, C) → (N, C, H, W)
        RandomStates.RequireSame([layer.call(x)], [layer.call(x.contiguous())]);
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void An_empty_batch_gives_an_empty_result_and_leaves_the_statistics_alone(string name, bool training)
    {
        foreach (var shape in new long[][] { [0, 3], [0, 3, 4], [5, 3, 0] })
        {
            using var scope = NewDisposeScope();
            using var random = new RandomLayers(25);
            using var layer = BatchNormRelatives.Create(name, random);
            layer.train(training);
            var before = Statistics(layer);
            var results = layer.Run(random.Normal(shape), random.Normal(shape));
            Assert.Equal(shape, results[0].shape);
            Assert.Equal(shape, results[1].shape);
            Assert.All(results.Skip(2), gradient => Assert.True((gradient == 0).all().item<bool>()));
            Assert.All(Statistics(layer), pair => Assert.True(pair.Value.Equals(before[pair.Key])));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_moves_the_statistics_of_all_but_the_frozen_layer_and_evaluation_of_none(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(26);
        using var layer = BatchNormRelatives.Create(name, random);
        foreach (var training in new[] { false, true })
        {
            layer.train(training);
            var before = Statistics(layer);
            layer.call(random.Normal(6, 3));
            Assert.All(Statistics(layer), pair => Assert.Equal(training && name != "frozen", !pair.Value.Equals(before[pair.Key])));
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndModes))]
    public void Only_the_result_stays_alive(string name, bool training)
    {
        using var random = new RandomLayers(27);
        using var x = random.Normal(4, 3, 2).requires_grad_();
        var outside = MemoryTests.Live();
        using (var layer = BatchNormRelatives.Create(name, random))
        {
            layer.train(training);
            var before = MemoryTests.Live();
            layer.call(x).Dispose();
            Assert.Equal(before, MemoryTests.Live());
        }
        Assert.Equal(outside, MemoryTests.Live());
    }

    private static Dictionary<string, Tensor> Statistics(nn.Module layer) =>
        layer.state_dict().Where(pair => pair.Key.StartsWith("running_", StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => pair.Value.clone());

    private static void Copy(nn.Module from, nn.Module to)
    {
        using var noGradient = no_grad();
        var source = from.state_dict();
        foreach (var (key, value) in to.state_dict()) value.copy_(source[key]);
    }
}
