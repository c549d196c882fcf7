using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>One of each kind of normalization, as a function of x with random parameters and statistics.</summary>
internal static class NormCases
{
    public static readonly string[] Names =
    [
        "batch norm, training", "batch norm, evaluation", "ghost batch norm", "layer norm", "layer norm without beta", "RMS norm",
        "group norm", "instance norm", "instance norm, tracking", "adaptive instance norm", "normalize",
    ];

    /// <summary>A function of x (4, 6, 5, 3) and what it learns.</summary>
    public static (Func<Tensor, Tensor> Function, Tensor[] Parameters) Of(string name, ScalarType type, Generator random)
    {
        switch (name)
        {
            case "normalize": return (x => Normalization.Normalize(x, [1, 3], 0.01), []);
            case "adaptive instance norm":
                var adaptive = new AdaptiveInstanceNorm();
                var style = randn([4, 6, 2, 2], type, generator: random).requires_grad_();
                return (x => adaptive.call(x, style), [style]);
        }
        nn.Module<Tensor, Tensor> layer = name switch
        {
            "batch norm, training" => new BatchNorm(6, dtype: type),
            "batch norm, evaluation" => new BatchNorm(6, dtype: type),
            "ghost batch norm" => new GhostBatchNorm(6, 2, dtype: type),
            "layer norm" => new LayerNorm([5, 3], dtype: type),
            "layer norm without beta" => new LayerNorm(3, bias: false, dtype: type),
            "RMS norm" => new RmsNorm([5, 3], dtype: type),
            "group norm" => new GroupNorm(2, 6, dtype: type),
            "instance norm" => new InstanceNorm(6, affine: true, dtype: type),
            "instance norm, tracking" => new InstanceNorm(6, affine: true, trackRunningStatistics: true, dtype: type),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
        };
        layer.train(name != "batch norm, evaluation");
        using var noGradient = no_grad();
        foreach (var parameter in layer.parameters()) parameter.copy_(randn(parameter.shape, type, generator: random));
        return (layer.call, [.. layer.parameters()]);
    }
}
