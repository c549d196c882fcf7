using NormCore.Checks;
using NormCore.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Batch normalization over the batches of all replicas: y = γ (x − μ)/√(σ² + ε) + β with μ and σ² of their concatenation.</summary>
/// <remarks>
/// Peng et al. 2018 (MegDet), arXiv:1711.07240v4, "Cross-GPU Batch Normalization", add up for the mean first and for the variance then.
/// Here counts, means and M₂ are gathered once and merged by Chan's formula, <see cref="Moments.Merge"/>, in the order of the ranks.
/// Shards may differ in size and be empty. Forward and backward equal <see cref="BatchNorm"/> of one large batch whose loss is the sum of
/// the replicas' losses. The gradients of γ and β are those of the own shard, as in PyTorch: add them over the replicas, as those of all
/// other parameters. Replicas exchange only in training; evaluation is batch norm's. The running statistics are the same on all
/// replicas, the variance unbiased by the total count.
/// </remarks>
public sealed class SyncBatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0 and running statistics (0, 1).</summary>
    /// <param name="numFeatures">C, the number of channels, the same on all replicas.</param>
    /// <param name="group">This replica's member of its group; <see cref="ReplicaGroup.Alone"/> makes it a batch norm.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="momentum">ρ in [0, 1], the weight of the NEW batch (0.1: 10 % of it); null for the plain average of all batches.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="trackRunningStatistics">Without running statistics, evaluation uses those of the replica's own batch.</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public SyncBatchNorm(long numFeatures, ReplicaGroup group, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(SyncBatchNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        ArgumentNullException.ThrowIfNull(group);
        HyperparameterCheck.Eps(eps);
        HyperparameterCheck.Momentum(momentum);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, Group, Eps, Momentum) = (numFeatures, group, eps, momentum);
        if (affine) register_parameter("weight", LayerParameters.Ones([numFeatures], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numFeatures], dtype, device));
        if (trackRunningStatistics) RunningStatistics.Register(this, numFeatures, dtype, device);
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

    /// <summary>This replica's member of its group.</summary>
    public ReplicaGroup Group { get; }

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

    /// <summary>Normalizes x; in training mode together with all replicas, and it also updates the running statistics.</summary>
    /// <param name="x">(N, C, *), floating point; in training N may differ between replicas and be 0.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, or one value per channel of all replicas together where batch statistics are used.</exception>
    /// <exception cref="InvalidOperationException">Another replica failed, left or is elsewhere in the model.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        using var scope = NewDisposeScope();
        if (training) return Synchronized(x).MoveToOuterDisposeScope();
        if (RunningMean is not null)
            return Running.Normalize(x, Weight, Bias, Eps).MoveToOuterDisposeScope();
        RequireSeveral(x.numel() / NumFeatures, x);
        return Normalization.Apply(x, Axes.AllBut(1, (int)x.dim()), Weight, Bias, [1], Eps).MoveToOuterDisposeScope();
    }

    private Tensor Synchronized(Tensor x)
    {
        var shard = CudaShardNode.Of(x, Weight, Bias, Eps, Group);
        var batch = SharedMoments.Of(x, Group, shard?.OwnMoments(x));
        RequireSeveral(batch.Moments.Count, x);
        var y = batch.AreByKernels
            ? shard!.Normalize(x, Weight, Bias, batch)
            : Normalization.Apply(batch.Centered(x), batch.Moments, Weight, Bias, [1], Eps).to(x.dtype);
        Running.Track(batch.OfInput, Momentum);
        return y;
    }

    private void RequireInput(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var shape = x.shape;
        if (shape.Length < 2 || shape[1] != NumFeatures)
            throw new ArgumentException(
                $"SyncBatchNorm of {NumFeatures} channels got an input of shape {TensorCheck.Text(shape)}; (N, {NumFeatures}, *) is needed, channels on axis 1.", nameof(x));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        Running.RequireFit(x);
    }

    private static void RequireSeveral(long valuesPerChannel, Tensor x)
    {
        if (valuesPerChannel == 1)
            throw new ArgumentException(
                $"Expected more than 1 value per channel when training, got input size {TensorCheck.Text(x.shape)} and no value from any other replica: the mean of one value is the value, and x − μ is 0 whatever x is. Give larger batches, or call eval() to use running statistics.", nameof(x));
    }
}
