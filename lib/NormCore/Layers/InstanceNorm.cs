using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Instance normalization: each channel of each sample by its own mean and biased variance, y = γ (x − μ)/√(σ² + ε) + β.</summary>
/// <remarks>
/// Ulyanov, Vedaldi and Lempitsky 2017, arXiv:1607.08022v3, eq. 3, with γ and β per channel, running statistics and defaults as in PyTorch:
/// r ← (1 − ρ) r + ρ b, where b is the average over the batch of the instances' μ and of their unbiased σ² m/(m−1).
/// Unlike PyTorch it counts the batches tracked, refuses a wrong C without parameters too, and averages all batches where ρ is null.
/// </remarks>
public sealed partial class InstanceNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0 and running statistics (0, 1), or without them.</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="momentum">ρ in [0, 1], the weight of the NEW batch (0.1: 10 % of it); null for the plain average of all batches.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="trackRunningStatistics">With running statistics, evaluation uses them in place of the instance's own.</param>
    /// <param name="spatialDimensions">How many axes follow C, e.g. 2 for images, which tells (C, H, W) from (N, C, L); null: (C, L) or else (N, C, *).</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public InstanceNorm(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = false, bool trackRunningStatistics = false, int? spatialDimensions = null, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(InstanceNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        HyperparameterCheck.Eps(eps);
        HyperparameterCheck.Momentum(momentum);
        if (spatialDimensions < 1)
            throw new ArgumentOutOfRangeException(nameof(spatialDimensions), spatialDimensions, "spatialDimensions counts the axes after C, over which the statistics are taken, and must be at least 1, or null.");
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, Eps, Momentum, SpatialDimensions) = (numFeatures, eps, momentum, spatialDimensions);
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

    /// <summary>How many axes follow C, or null for as many as there are.</summary>
    public int? SpatialDimensions { get; }

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

    private bool UsesInstanceStatistics => training || RunningMean is null;

    /// <summary>Normalizes x; in training mode it also updates the running statistics, if there are any.</summary>
    /// <param name="x">(N, C, *) or (C, *), floating point, with at least one axis after C.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, or one value per instance where instance statistics are used.</exception>
    public override Tensor forward(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        using var scope = NewDisposeScope();
        if (IsBatched(x))
        {
            RequireInput(x, x);
            return Normalize(x).MoveToOuterDisposeScope();
        }
        var batch = x.unsqueeze(0); // (C, *) → (1, C, *)
        RequireInput(batch, x);
        return Normalize(batch).squeeze(0).MoveToOuterDisposeScope();
    }

    private Tensor Normalize(Tensor x)
    {
        var rank = (int)x.dim();
        if (!UsesInstanceStatistics) return Running.Normalize(x, Weight, Bias, Eps);
        var axes = Axes.Last(rank - 2, rank);
        if (RunningMean is null) return Normalization.Apply(x, axes, Weight, Bias, [1], Eps);
        var y = Normalization.Apply(x, axes, Weight, Bias, [1], Eps, out var instances);
        Running.Track(Average(instances), Momentum);
        return y;
    }

    // (N, C, 1, …) → (C, 1, …); no instance has no average.
    private static Moments Average(Moments instances) =>
        new(instances.Mean.mean([0]), instances.Variance.mean([0]), instances.Mean.numel() == 0 ? 0 : instances.Count);

    private bool IsBatched(Tensor x) => x.dim() != (SpatialDimensions ?? 1) + 1;

    private void RequireInput(Tensor batch, Tensor x)
    {
        var (shape, spatial) = (Shape.Of(batch), SpatialDimensions);
        if (shape.Length < 3 || shape.Length != (spatial + 2 ?? shape.Length) || shape[1] != NumFeatures)
            throw new ArgumentException(
                $"InstanceNorm of {NumFeatures} channels got an input of shape {TensorCheck.Text(x.shape)}; (N, {NumFeatures}, *) or, without a batch, ({NumFeatures}, {(spatial is null ? "L) is needed" : $"*) is needed with {spatial} axes in place of *")}.", nameof(x));
        if (UsesInstanceStatistics && shape.Skip(2).All(length => length == 1))
            throw new ArgumentException(
                $"Expected more than 1 spatial element, got input size {TensorCheck.Text(x.shape)}: the mean of one value is the value, and x − μ is 0 whatever x is. Give larger maps, or call eval() on a layer that tracked running statistics.", nameof(x));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        Running.RequireFit(x);
    }
}
