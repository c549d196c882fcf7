using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Batch normalization: each channel by the mean and biased variance of the batch, y = γ (x − μ)/√(σ² + ε) + β.</summary>
/// <remarks>
/// Ioffe and Szegedy 2015, arXiv:1502.03167v3, algorithms 1 and 2. In evaluation the running statistics take the place of the batch's:
/// r ← (1 − ρ) r + ρ b with b = μ and b = σ² m/(m−1), the unbiased variance, as in PyTorch, whose parameter names it keeps.
/// One class for every rank. Statistics of half-precision layers are float32.
/// </remarks>
public sealed partial class BatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0 and running statistics (0, 1).</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="momentum">ρ in [0, 1], the weight of the NEW batch (0.1: 10 % of it); null for the plain average of all batches.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="trackRunningStatistics">Without running statistics, evaluation uses the batch's own.</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public BatchNorm(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(BatchNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        HyperparameterCheck.Eps(eps);
        HyperparameterCheck.Momentum(momentum);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, Eps, Momentum) = (numFeatures, eps, momentum);
        if (affine) register_parameter("weight", LayerParameters.Ones([numFeatures], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numFeatures], dtype, device));
        if (trackRunningStatistics) RunningStatistics.Register(this, numFeatures, dtype, device);
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

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

    /// <summary>The running unbiased variance (C), or null.</summary>
    public Tensor? RunningVariance => Running.Variance;

    /// <summary>How many batches were tracked (a scalar of int64), or null.</summary>
    public Tensor? NumBatchesTracked => Running.BatchesTracked;

    private RunningStatistics Running => new(this);

    private bool UsesBatchStatistics => training || RunningMean is null;

    /// <summary>Normalizes x; in training mode it also updates the running statistics.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, or one value per channel where batch statistics are used.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        using var scope = NewDisposeScope();
        if (!UsesBatchStatistics)
            return Running.Normalize(x, Weight, Bias, Eps).MoveToOuterDisposeScope();
        if (training && Running.NormalizeAndTrack(x, Weight, Bias, Eps, Momentum) is { } tracked)
            return tracked.MoveToOuterDisposeScope();
        var y = Normalization.Apply(x, Axes.AllBut(1, (int)x.dim()), Weight, Bias, [1], Eps, out var batch);
        if (training) Running.Track(batch, Momentum);
        return y.MoveToOuterDisposeScope();
    }

    private void RequireInput(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var shape = Shape.Of(x);
        if (shape.Length < 2 || shape[1] != NumFeatures)
            throw new ArgumentException(
                $"BatchNorm of {NumFeatures} channels got an input of shape {TensorCheck.Text(shape)}; (N, {NumFeatures}, *) is needed, channels on axis 1.", nameof(x));
        if (UsesBatchStatistics && x.numel() == NumFeatures)
            throw new ArgumentException(
                $"Expected more than 1 value per channel when training, got input size {TensorCheck.Text(shape)}: the mean of one value is the value, and x − μ is 0 whatever x is. Give a larger batch, or call eval() to use running statistics.", nameof(x));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        Running.RequireFit(x);
    }
}
