using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>Tensors and layers with nothing special about them: random gamma, beta and statistics, from one seeded generator.</summary>
internal sealed class RandomLayers(ulong seed) : IDisposable
{
    private readonly Generator generator = new(seed);

    public Tensor Normal(params long[] shape) => randn(shape, ScalarType.Float64, generator: generator);

    public BatchNorm BatchNorm(long channels, double? momentum = 0.1, double eps = 1e-5, ScalarType type = ScalarType.Float64)
    {
        var layer = new BatchNorm(channels, eps, momentum, dtype: type);
        using var noGradient = no_grad();
        layer.Weight!.copy_(Normal(channels));
        layer.Bias!.copy_(Normal(channels));
        layer.RunningMean!.copy_(Normal(channels));
        layer.RunningVariance!.copy_(Normal(channels).square() + 0.5);
        return layer;
    }

    public LayerNorm LayerNorm(params long[] shape)
    {
        var layer = new LayerNorm(shape, dtype: ScalarType.Float64);
        using var noGradient = no_grad();
        layer.Weight!.copy_(Normal(shape));
        layer.Bias!.copy_(Normal(shape));
        return layer;
    }

    /// <summary>A layer, with every parameter drawn, and its running statistics where it has any.</summary>
    public T Drawn<T>(T layer)
        where T : nn.Module
    {
        using var noGradient = no_grad();
        foreach (var parameter in layer.parameters()) parameter.copy_(Normal(parameter.shape));
        layer.get_buffer("running_mean")?.copy_(Normal(layer.get_buffer("running_mean")!.shape));
        layer.get_buffer("running_var")?.copy_(Normal(layer.get_buffer("running_var")!.shape).square() + 0.5);
        return layer;
    }

    public void Dispose() => generator.Dispose();
}
