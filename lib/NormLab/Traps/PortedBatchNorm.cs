using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>
/// Batch norm in the conventions of whoever wrote it: ŷ = (x − μ)/√(v_f + ε) in training, r ← (1 − ρ) r + ρ b for b = μ, v_s, and
/// ŷ = (x − r_μ)/√(r_v + ε) in evaluation, with v = Σ(x − μ)²/(m − correction). A specimen for <see cref="StatisticsConvention"/>.
/// </summary>
public sealed class PortedBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly double rho, eps;
    private readonly int forwardCorrection, storedCorrection;
    private readonly Tensor running_mean, running_var;

    /// <summary>A layer without γ and β, with running statistics (0, 1).</summary>
    /// <param name="channels">C.</param>
    /// <param name="newBatchWeight">ρ, the weight of the NEW batch: PyTorch 0.1; Keras, Flax and ONNX give 1 − ρ.</param>
    /// <param name="forwardCorrection">Of v_f: 0 as everywhere, 1 as in a port that took the unbiased default of its library.</param>
    /// <param name="storedCorrection">Of v_s: 1 in PyTorch, 0 in ONNX and Flax.</param>
    /// <param name="eps">ε.</param>
    public PortedBatchNorm(long channels, double newBatchWeight = 0.1, int forwardCorrection = 0, int storedCorrection = 1, double eps = 1e-5)
        : base(nameof(PortedBatchNorm))
    {
        (rho, this.eps, this.forwardCorrection, this.storedCorrection) = (newBatchWeight, eps, forwardCorrection, storedCorrection);
        (running_mean, running_var) = (zeros(channels).DetachFromDisposeScope(), ones(channels).DetachFromDisposeScope());
        register_buffer(nameof(running_mean), running_mean);
        register_buffer(nameof(running_var), running_var);
    }

    /// <summary>Normalizes; in training it also updates the running statistics.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var (mean, variance) = training ? Track(x) : (get_buffer("running_mean")!, get_buffer("running_var")!);
        return ((x - PerChannel(mean, x)) / (PerChannel(variance, x) + eps).sqrt()).MoveToOuterDisposeScope();
    }

    private (Tensor Mean, Tensor Variance) Track(Tensor x)
    {
        var axes = ChannelAxes.AllBut(x);
        var values = (double)x.numel() / x.shape[1];
        var mean = x.mean(axes);
        var squares = (x - PerChannel(mean, x)).square().sum(axes); // (C)
        using (no_grad())
        {
            get_buffer("running_mean")!.mul_(1 - rho).add_(mean.detach(), alpha: rho);
            get_buffer("running_var")!.mul_(1 - rho).add_(squares.detach(), alpha: rho / (values - storedCorrection));
        }

        return (mean, squares / (values - forwardCorrection));
    }

    private static Tensor PerChannel(Tensor numbers, Tensor x) => numbers.view([1, -1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)]);
}
