using static TorchSharp.torch;

namespace NormCore.Tests.Layers.Fused;

/// <summary>Each layer that can be fused with its neighbours, in each of its modes, for x of (4, 6, 5, 3).</summary>
internal sealed record FusedCase(nn.Module<Tensor, Tensor> Layer, Func<Tensor, Tensor, bool, (Tensor Output, Tensor Sum)> Add, Func<Tensor, Tensor> Relu)
{
    public static readonly string[] Names =
    [
        "batch norm, training", "batch norm, untracked", "batch norm, evaluation", "layer norm", "layer norm without beta", "layer norm without parameters", "RMS norm",
        "group norm", "instance norm", "instance norm, tracking", "instance norm, evaluation",
    ];

    public static FusedCase Of(string name, ScalarType type, ulong seed = 41)
    {
        FusedCase made = name switch
        {
            "batch norm, training" or "batch norm, evaluation" => Of(new BatchNorm(6, dtype: type)),
            "batch norm, untracked" => Of(new BatchNorm(6, trackRunningStatistics: false, dtype: type)),
            "layer norm" => Of(new LayerNorm([5, 3], dtype: type)),
            "layer norm without beta" => Of(new LayerNorm(3, bias: false, dtype: type)),
            "layer norm without parameters" => Of(new LayerNorm([5, 3], elementwiseAffine: false, dtype: type)),
            "RMS norm" => Of(new RmsNorm([5, 3], dtype: type)),
            "group norm" => Of(new GroupNorm(2, 6, dtype: type)),
            "instance norm" => Of(new InstanceNorm(6, affine: true, dtype: type)),
            "instance norm, tracking" or "instance norm, evaluation" => Of(new InstanceNorm(6, affine: true, trackRunningStatistics: true, dtype: type)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
        };
        using var random = new RandomLayers(seed);
        random.Randomized(made.Layer).train(!name.EndsWith("evaluation", StringComparison.Ordinal));
        return made;
    }

    /// <summary>The same written out.</summary>
    public (Tensor Output, Tensor Sum) Written(Tensor x, Tensor residual, bool relu)
    {
        var sum = x + residual;
        var y = Layer.call(sum);
        return (relu ? y.relu() : y, sum);
    }

    /// <summary>Running statistics.</summary>
    public Tensor[] State() => [.. Layer.buffers().Select(buffer => buffer.clone())];

    private static FusedCase Of(BatchNorm layer) => new(layer, layer.AddForward, layer.ReluForward);

    private static FusedCase Of(LayerNorm layer) => new(layer, layer.AddForward, layer.ReluForward);

    private static FusedCase Of(RmsNorm layer) => new(layer, layer.AddForward, layer.ReluForward);

    private static FusedCase Of(GroupNorm layer) => new(layer, layer.AddForward, layer.ReluForward);

    private static FusedCase Of(InstanceNorm layer) => new(layer, layer.AddForward, layer.ReluForward);
}
