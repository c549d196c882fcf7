using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Batch norm's inference that includes the sample itself, y = γ z/√(1 + z²/(m−1)) + β with z = (x − μ_r)/√(σ_r² + ε).</summary>
/// <remarks>
/// <see cref="SampleInclusion"/> says where the map is from. m is a buffer, effective_batch_size, one per channel: N of the training
/// batches for (N, C), N/ρ for (N, C, *), see <see cref="EffectiveBatchSize"/>. σ_r² should be that of the population, see
/// <see cref="PreciseStatistics.Population"/>. The same in training and evaluation; it tracks nothing, and γ and β can be learned.
/// </remarks>
public sealed class SampleInclusiveBatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0, statistics (0, 1) and the same m for all channels.</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="batchSize">m > 1; with ∞ it is batch norm's own inference.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public SampleInclusiveBatchNorm(long numFeatures, double batchSize, double eps = 1e-5, bool affine = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(SampleInclusiveBatchNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        SampleInclusion.RequireBatchSize(batchSize);
        HyperparameterCheck.Eps(eps);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, Eps) = (numFeatures, eps);
        if (affine) register_parameter("weight", LayerParameters.Ones([numFeatures], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numFeatures], dtype, device));
        var statistics = Precision.OfStatistics(dtype ?? get_default_dtype());
        if (!double.IsInfinity(batchSize)) HyperparameterCheck.Finite(batchSize, statistics, nameof(batchSize));
        register_buffer("running_mean", zeros(numFeatures, statistics, device).DetachFromDisposeScope());
        register_buffer("running_var", ones(numFeatures, statistics, device).DetachFromDisposeScope());
        register_buffer("effective_batch_size", full(numFeatures, batchSize, statistics, device).DetachFromDisposeScope());
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>γ (C), or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β (C), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>μ_r (C).</summary>
    public Tensor RunningMean => get_buffer("running_mean")!;

    /// <summary>σ_r² (C).</summary>
    public Tensor RunningVariance => get_buffer("running_var")!;

    /// <summary>m (C), each above 1.</summary>
    public Tensor BatchSize => get_buffer("effective_batch_size")!;

    /// <summary>The layer with the parameters and running statistics of a batch norm, for training batches of m (effective) elements.</summary>
    /// <exception cref="ArgumentException">m is not above 1.</exception>
    /// <exception cref="InvalidOperationException">The batch norm tracks no running statistics.</exception>
    public static SampleInclusiveBatchNorm Of(BatchNorm batchNorm, double batchSize)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        if (batchNorm.RunningMean is null)
            throw new InvalidOperationException("The batch norm tracks no running statistics, which stand for the population here.");
        return Conversion.From(batchNorm, (from, device, type) =>
            new SampleInclusiveBatchNorm(from.NumFeatures, batchSize, from.Eps, from.Weight is not null, device, type));
    }

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device.</exception>
    public override Tensor forward(Tensor x)
    {
        ChannelCheck.Channels(x, NumFeatures, nameof(SampleInclusiveBatchNorm));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"), (BatchSize, "effective_batch_size"));
        var running = new RunningStatistics(this);
        running.RequireFit(x);
        using var scope = NewDisposeScope();
        var population = running.AsMoments(x.dim());
        var z = Normalization.Normalize(Precision.Widen(x), population, Eps);
        var xhat = SampleInclusion.Squash(z, BatchSize.view(population.Mean.shape)); // (C) → (1, C, 1, …)
        return Normalization.Affine(xhat, Weight, Bias, 1).to(x.dtype).MoveToOuterDisposeScope();
    }
}
