using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Batch normalization by a p-norm: y = γ (x − μ)/n + β with n = (1/m Σ |xᵢ|ᵖ + ε)^(1/p) for p = 1, 2 and n = max |xᵢ| + ε for p = ∞.</summary>
/// <remarks>
/// Santurkar, Tsipras, Ilyas and Madry 2018, arXiv:1805.11604v5, section 3.3: the mean is removed as in batch norm, but the divisor is
/// the average p-norm of the values BEFORE the mean is removed, so it does not fix the variance. The paper gives no ε; under the root
/// it makes p = 2 on centred data batch norm and keeps the derivative finite where a channel is 0. For p = ∞ it is added to the maximum.
/// Evaluation uses running averages of μ and n, r ← (1 − ρ) r + ρ b; the paper does not say what it uses.
/// </remarks>
public sealed class LpBatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0, running mean 0 and running norm 1.</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="p">1, 2 or <see cref="double.PositiveInfinity"/>.</param>
    /// <param name="eps">ε ≥ 0, in units of |x|ᵖ, of x where p is infinite.</param>
    /// <param name="momentum">ρ in [0, 1], the weight of the NEW batch (0.1: 10 % of it); null for the plain average of all batches.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="trackRunningStatistics">Without running statistics, evaluation uses the batch's own.</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public LpBatchNorm(long numFeatures, double p, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(LpBatchNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        if (p is not (1 or 2 or double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(p), p, "p selects a norm and must be 1, 2 or double.PositiveInfinity.");
        HyperparameterCheck.Eps(eps);
        HyperparameterCheck.Momentum(momentum);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, P, Eps, Momentum) = (numFeatures, p, eps, momentum);
        if (affine) register_parameter("weight", LayerParameters.Ones([numFeatures], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numFeatures], dtype, device));
        if (trackRunningStatistics) RunningStatistics.Register(this, numFeatures, dtype, device, "running_norm");
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

    /// <summary>p: 1, 2 or infinity.</summary>
    public double P { get; }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>ρ, the weight of the new batch; null for the plain average.</summary>
    public double? Momentum { get; }

    /// <summary>γ (C), or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β (C), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>The running mean (C), or null.</summary>
    public Tensor? RunningMean => Running.Mean;

    /// <summary>The running average of n (C), ε included, or null.</summary>
    public Tensor? RunningNorm => Running.Variance;

    /// <summary>How many batches were tracked (a scalar of int64), or null.</summary>
    public Tensor? NumBatchesTracked => Running.BatchesTracked;

    private RunningStatistics Running => new(this, "running_norm");

    private bool UsesBatchStatistics => training || RunningMean is null;

    /// <summary>Normalizes x; in training mode it also updates the running statistics.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, one value per channel where batch statistics are used, or ε = 0 where a norm is 0.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        using var scope = NewDisposeScope();
        var wide = Precision.Widen(x);
        if (!UsesBatchStatistics)
        {
            var running = Running.AsMoments(x.dim());
            return Scaled(wide - running.Mean.to(wide.dtype), running.Variance.to(wide.dtype), x.dtype).MoveToOuterDisposeScope();
        }
        var axes = Axes.AllBut(1, (int)x.dim());
        var mean = Moments.Of(wide, axes, out var deviations).Mean;
        var norm = Norm(wide, axes);
        var y = Scaled(deviations, norm, x.dtype);
        if (training) Running.Track(mean, norm, x.numel() / NumFeatures, Momentum);
        return y.MoveToOuterDisposeScope();
    }

    private Tensor Norm(Tensor x, long[] axes) => P switch
    {
        1 => x.abs().mean(axes, keepdim: true) + Eps,
        2 => (x.square().mean(axes, keepdim: true) + Eps).sqrt(),
        _ when x.numel() == 0 => x.sum(axes, keepdim: true) + Eps, // No elements have no maximum; nothing is divided by it.
        _ => x.abs().amax(axes, keepdim: true) + Eps,
    };

    private Tensor Scaled(Tensor deviations, Tensor norm, ScalarType type)
    {
        if (Eps == 0 && norm.numel() > 0 && (norm == 0).any().item<bool>())
            throw new ArgumentException("the norm of a channel is 0, and eps = 0 divides by it. Give eps > 0, e.g. 1e-5.", nameof(norm));
        return Normalization.Affine(deviations / norm, Weight, Bias, 1).to(type);
    }

    private void RequireInput(Tensor x)
    {
        ChannelCheck.Channels(x, NumFeatures, nameof(LpBatchNorm));
        if (UsesBatchStatistics) ChannelCheck.Several(x, x.numel() / NumFeatures, "", "Give a larger batch, or call eval() to use running statistics.");
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        Running.RequireFit(x);
    }
}
