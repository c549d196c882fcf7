using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Batch renormalization: batch norm corrected towards its running statistics, y = γ (r (x − μ_B)/√(σ_B² + ε) + d) + β.</summary>
/// <remarks>
/// Ioffe 2017, arXiv:1702.03275v2, algorithm 1: r = √(σ_B² + ε)/√(σ_r² + ε) clipped to [1/r_max, r_max] and d = (μ_B − μ_r)/√(σ_r² + ε)
/// clipped to [−d_max, d_max], with the running statistics before the update. Both are constants of the gradient, which flows through
/// μ_B and σ_B. With r_max = 1 and d_max = 0 it is batch norm; unclipped (∞, ∞), training computes what evaluation would.
/// The paper averages √(σ² + ε), here the unbiased variance is averaged, as in <see cref="BatchNorm"/>, and ε is added where it is used.
/// </remarks>
public sealed class BatchRenorm : nn.Module<Tensor, Tensor>
{
    private double rMax, dMax;

    /// <summary>A layer with γ = 1, β = 0 and running statistics (0, 1).</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="rMax">r_max ≥ 1; begin with 1 and raise <see cref="RMax"/> during training (the paper: to 3).</param>
    /// <param name="dMax">d_max ≥ 0; begin with 0 and raise <see cref="DMax"/> during training (the paper: to 5).</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="momentum">ρ in [0, 1], the weight of the NEW batch (0.1: 10 % of it); null for the plain average of all batches.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public BatchRenorm(long numFeatures, double rMax = 1, double dMax = 0, double eps = 1e-5, double? momentum = 0.1, bool affine = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(BatchRenorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        HyperparameterCheck.Eps(eps);
        HyperparameterCheck.Momentum(momentum);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, RMax, DMax, Eps, Momentum) = (numFeatures, rMax, dMax, eps, momentum);
        if (affine) register_parameter("weight", LayerParameters.Ones([numFeatures], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numFeatures], dtype, device));
        RunningStatistics.Register(this, numFeatures, dtype, device);
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

    /// <summary>r_max ≥ 1, up to infinity; 1 makes r = 1.</summary>
    public double RMax
    {
        get => rMax;
        set
        {
            HyperparameterCheck.AtLeast(1, value, nameof(RMax), "the bound of r, which lies in [1/RMax, RMax],");
            rMax = value;
        }
    }

    /// <summary>d_max ≥ 0, up to infinity; 0 makes d = 0.</summary>
    public double DMax
    {
        get => dMax;
        set
        {
            HyperparameterCheck.AtLeast(0, value, nameof(DMax), "the bound of d, which lies in [-DMax, DMax],");
            dMax = value;
        }
    }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>ρ, the weight of the new batch; null for the plain average.</summary>
    public double? Momentum { get; }

    /// <summary>γ (C), or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β (C), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>The running mean (C).</summary>
    public Tensor RunningMean => Running.Mean!;

    /// <summary>The running unbiased variance (C).</summary>
    public Tensor RunningVariance => Running.Variance!;

    /// <summary>How many batches were tracked (a scalar of int64).</summary>
    public Tensor NumBatchesTracked => Running.BatchesTracked!;

    private RunningStatistics Running => new(this);

    /// <summary>Normalizes x; in training mode it also updates the running statistics.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, or one value per channel in training.</exception>
    public override Tensor forward(Tensor x)
    {
        ChannelCheck.Channels(x, NumFeatures, nameof(BatchRenorm));
        if (training) ChannelCheck.Several(x, x.numel() / NumFeatures, "", "Give a larger batch, or call eval() to use running statistics.");
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        Running.RequireFit(x);
        using var scope = NewDisposeScope();
        if (!training) return Running.Normalize(x, Weight, Bias, Eps).MoveToOuterDisposeScope();
        var running = Running.AsMoments(x.dim());
        var xhat = Normalization.Apply(Precision.Widen(x), Axes.AllBut(1, (int)x.dim()), null, null, [1], Eps, out var batch);
        var (r, d) = Correction(batch, running);
        var y = Normalization.Affine(xhat * r + d, Weight, Bias, 1).to(x.dtype);
        Running.Track(batch, Momentum);
        return y.MoveToOuterDisposeScope();
    }

    private (Tensor R, Tensor D) Correction(Moments batch, Moments running)
    {
        using var noGradient = no_grad();
        var rstd = (running.Variance.to(batch.Variance.dtype) + Eps).rsqrt();
        var r = (batch.Variance + Eps).sqrt() * rstd;
        var d = (batch.Mean - running.Mean) * rstd;
        var most = finfo(r.dtype).max; // torch refuses bounds beyond it.
        var (rMost, dMost) = (Math.Min(RMax, most), Math.Min(DMax, most));
        return (r.clamp(1 / rMost, rMost), d.clamp(-dMost, dMost));
    }
}
