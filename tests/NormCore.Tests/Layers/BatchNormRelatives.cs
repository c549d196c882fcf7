using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>The layers of (N, C, *) with statistics per channel that descend from batch norm, with random parameters and statistics.</summary>
internal static class BatchNormRelatives
{
    public static IReadOnlyList<string> Names { get; } = ["ghost", "frozen", "renorm", "lp 1", "lp 2", "lp inf"];

    /// <summary>A layer in training mode. Chunks are of 3 samples; r and d of the renormalization are all clipped, i.e. constant in x.</summary>
    public static nn.Module<Tensor, Tensor> Create(string name, RandomLayers random, long channels = 3, double? momentum = 0.1, double eps = 1e-5, ScalarType type = ScalarType.Float64)
    {
        if (name == "renorm") return Renorm(random, channels, momentum, eps, type);
        return random.Randomize<nn.Module<Tensor, Tensor>>(name switch
        {
            "ghost" => new GhostBatchNorm(channels, 3, eps, momentum, dtype: type),
            "frozen" => new FrozenBatchNorm(channels, eps, dtype: type),
            "lp 1" => new LpBatchNorm(channels, 1, eps, momentum, dtype: type),
            "lp 2" => new LpBatchNorm(channels, 2, eps, momentum, dtype: type),
            "lp inf" => new LpBatchNorm(channels, double.PositiveInfinity, eps, momentum, dtype: type),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such layer."),
        });
    }

    private static BatchRenorm Renorm(RandomLayers random, long channels, double? momentum, double eps, ScalarType type)
    {
        var layer = random.Randomize(new BatchRenorm(channels, 1.5, 0.5, eps, momentum, dtype: type));
        using var noGradient = no_grad();
        layer.RunningVariance.mul_(0.01); // √(σ_B²/σ_r²) is far above 1.5,
        layer.RunningMean.add_(10); // and |μ_B − μ_r|/σ_r far above 0.5.
        return layer;
    }
}
