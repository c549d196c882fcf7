using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Batch normalization whose statistics and parameters are fixed, y = γ (x − μ_r)/√(σ_r² + ε) + β, in training as in evaluation.</summary>
/// <remarks>
/// The usual choice when a detector is fine-tuned with a few images per batch: Wu and He 2018, arXiv:1803.08494v3, section 4.2 ("BN*").
/// An affine map per channel, without gradients for its four buffers, which have the names of torchvision's FrozenBatchNorm2d.
/// Statistics of half-precision layers are float32.
/// </remarks>
public sealed class FrozenBatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0 and statistics (0, 1): load or copy others into it.</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="device">Where the buffers live; torch's default device by default.</param>
    /// <param name="dtype">The type of γ and β; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public FrozenBatchNorm(long numFeatures, double eps = 1e-5, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(FrozenBatchNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        HyperparameterCheck.Eps(eps);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, Eps) = (numFeatures, eps);
        var statistics = Precision.OfStatistics(dtype ?? get_default_dtype());
        register_buffer("weight", ones(numFeatures, dtype, device).DetachFromDisposeScope());
        register_buffer("bias", zeros(numFeatures, dtype, device).DetachFromDisposeScope());
        register_buffer("running_mean", zeros(numFeatures, statistics, device).DetachFromDisposeScope());
        register_buffer("running_var", ones(numFeatures, statistics, device).DetachFromDisposeScope());
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>γ (C).</summary>
    public Tensor Weight => get_buffer("weight")!;

    /// <summary>β (C).</summary>
    public Tensor Bias => get_buffer("bias")!;

    /// <summary>μ_r (C).</summary>
    public Tensor RunningMean => get_buffer("running_mean")!;

    /// <summary>σ_r² (C).</summary>
    public Tensor RunningVariance => get_buffer("running_var")!;

    /// <summary>A frozen copy of a batch norm: what it computes in evaluation mode, whatever mode it is in.</summary>
    /// <exception cref="InvalidOperationException">The batch norm tracks no running statistics.</exception>
    public static FrozenBatchNorm Of(BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        if (batchNorm.RunningMean is not { } mean || batchNorm.RunningVariance is not { } variance)
            throw new InvalidOperationException("The batch norm tracks no running statistics: its output depends on the batch, so there is nothing to freeze.");
        var frozen = new FrozenBatchNorm(batchNorm.NumFeatures, batchNorm.Eps, mean.device, batchNorm.Weight?.dtype ?? mean.dtype);
        using var noGradient = no_grad();
        if (batchNorm.Weight is { } weight) frozen.Weight.copy_(weight);
        if (batchNorm.Bias is { } bias) frozen.Bias.copy_(bias);
        frozen.RunningMean.copy_(mean);
        frozen.RunningVariance.copy_(variance);
        return frozen;
    }

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device.</exception>
    public override Tensor forward(Tensor x)
    {
        ChannelCheck.Channels(x, NumFeatures, nameof(FrozenBatchNorm));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        var running = new RunningStatistics(this);
        running.RequireFit(x);
        using var scope = NewDisposeScope();
        return running.Normalize(x, Weight, Bias, Eps).MoveToOuterDisposeScope();
    }
}
