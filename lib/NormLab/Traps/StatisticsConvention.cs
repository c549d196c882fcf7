using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>
/// The conventions of a batch norm, read off two forward passes: for a port, whose documentation may call everything
/// "momentum" and "variance".
/// </summary>
/// <param name="NewBatchWeight">ρ of r ← (1 − ρ) r + ρ b, from the running mean: 0.1 in PyTorch, 0.01 for Keras's momentum of 0.99.</param>
/// <param name="Forward">What training divides by the root of, over the biased variance of the batch: 1, or m/(m−1) for the unbiased one.</param>
/// <param name="Stored">What enters the running variance, over the biased variance of the batch: m/(m−1) in PyTorch, 1 in ONNX.</param>
/// <param name="Evaluation">What evaluation divides by the root of, over the running variance: 1.</param>
public sealed record StatisticsConvention(double NewBatchWeight, double Forward, double Stored, double Evaluation)
{
    // Far from (0, 1), and so wide that nobody's ε counts.
    private const double Centre = 30, Width = 10;

    /// <summary>Shows the layer one batch in training mode and one in evaluation mode. It stays as it is.</summary>
    /// <param name="layer">A layer for (N, C) with PyTorch's buffers running_mean and running_var (C).</param>
    /// <param name="batchSize">m: small, so that biased and unbiased differ.</param>
    /// <param name="seed">The seed of the batch.</param>
    /// <exception cref="ArgumentException">The layer has no such buffers.</exception>
    public static StatisticsConvention Of(nn.Module<Tensor, Tensor> layer, int batchSize = 4, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 2);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var kept = KeptState.Of(layer);
        var (mean, variance) = (Buffer(layer, "running_mean"), Buffer(layer, "running_var"));
        var live = layer.get_buffer("running_mean")!;
        var x = (Centre + Width * randn([batchSize, live.shape[0]], ScalarType.Float64, generator: new((ulong)seed))).to(live.dtype, live.device);
        var wide = x.to(ScalarType.Float64);
        var (batchMean, batchVariance) = (wide.mean([0L]), Biased(wide));
        var gain = layer.get_parameter("weight") is { } weight ? weight.to(ScalarType.Float64).square() : ones_like(mean);

        layer.train();
        var forward = Mean(gain / Biased(layer.call(x))); // σ_B² over what it is divided by is σ² of the result.
        var rho = Mean((Buffer(layer, "running_mean") - mean) / (batchMean - mean));
        var stored = Buffer(layer, "running_var");
        layer.eval();
        var evaluation = Mean(batchVariance * gain / Biased(layer.call(x)) / stored);
        return new(rho, forward, Mean((stored - (1 - rho) * variance) / (rho * batchVariance)), evaluation);
    }

    private static Tensor Biased(Tensor y)
    {
        var wide = y.to(ScalarType.Float64);
        return (wide - wide.mean([0L], keepdim: true)).square().mean([0L]); // (C)
    }

    private static double Mean(Tensor perChannel) => perChannel.mean().Numbers()[0];

    private static Tensor Buffer(nn.Module layer, string name) => layer.get_buffer(name)?.detach().to(ScalarType.Float64).cpu().clone()
        ?? throw new ArgumentException($"The layer has no buffer '{name}'; the conventions of running statistics are read from running_mean and running_var.", nameof(layer));
}
