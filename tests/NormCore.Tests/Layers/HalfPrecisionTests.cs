using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class HalfPrecisionTests
{
    private static readonly Dictionary<string, Func<ScalarType, nn.Module<Tensor, Tensor>>> Layers = new()
    {
        ["batch norm"] = type => new BatchNorm(6, dtype: type),
        ["layer norm"] = type => new LayerNorm(4, dtype: type),
        ["group norm"] = type => new GroupNorm(2, 6, dtype: type),
        ["instance norm"] = type => new InstanceNorm(6, affine: true, trackRunningStatistics: true, dtype: type),
        ["rms norm"] = type => new RmsNorm(4, eps: 1e-3, dtype: type),
        ["dynamic tanh"] = type => new DynamicTanh(4, dtype: type),
        ["local response norm"] = _ => new LocalResponseNorm(3, alpha: 0.1),
    };

    public static TheoryData<string, ScalarType> Cases =>
        [.. Layers.Keys.SelectMany(name => new[] { (name, ScalarType.Float16), (name, ScalarType.BFloat16) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_half_precision_layer_computes_in_float32_and_rounds_only_its_results(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(23);
        using var half = random.Drawn(Layers[name](type));
        using var single = Layers[name](ScalarType.Float32);
        single.load_state_dict(half.state_dict());
        var (x, dy) = (random.Normal(5, 6, 4).to(type), random.Normal(5, 6, 4).to(type));
        foreach (var (ours, exact) in Results(half, x, dy).Zip(Results(single, x, dy)))
        {
            Assert.Equal(type, ours.dtype);
            Assert.True(ours.Equals(exact.to(type)));
        }
    }

    private static Tensor[] Results(nn.Module<Tensor, Tensor> layer, Tensor values, Tensor dy)
    {
        var type = layer.parameters().FirstOrDefault()?.dtype ?? values.dtype;
        var x = values.to(type).detach().clone().requires_grad_();
        var y = layer.call(x);
        (y * dy.to(type)).sum().backward();
        return [y, x.grad!, .. layer.parameters().Select(parameter => parameter.grad!)];
    }
}
