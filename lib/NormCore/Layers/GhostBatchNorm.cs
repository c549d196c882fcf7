using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Ghost batch normalization: batch norm of each chunk of V consecutive samples by itself, y = γ (x − μ_k)/√(σ_k² + ε) + β.</summary>
/// <remarks>
/// Hoffer, Hubara and Soudry 2017, arXiv:1705.08741v2, algorithm 1: a large batch keeps the noise of small ones. Training does to y and
/// to the running statistics what batch norm does when it is given the chunks in turn; so <see cref="NumBatchesTracked"/> counts chunks.
/// A last, smaller chunk is a chunk of its own. The paper averages √(σ² + ε), here the unbiased variance is, as in <see cref="BatchNorm"/>.
/// Evaluation is that of batch norm: the running statistics, or those of the whole batch where none are tracked.
/// </remarks>
public sealed class GhostBatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1, β = 0 and running statistics (0, 1).</summary>
    /// <param name="numFeatures">C, the number of channels.</param>
    /// <param name="virtualBatchSize">V, how many samples share statistics in training.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="momentum">ρ in [0, 1], the weight of the NEW chunk (0.1: 10 % of it); null for the plain average of all chunks.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="trackRunningStatistics">Without running statistics, evaluation uses those of the whole batch.</param>
    /// <param name="device">Where parameters and statistics live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public GhostBatchNorm(long numFeatures, long virtualBatchSize, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(GhostBatchNorm)))
    {
        HyperparameterCheck.Size(numFeatures, nameof(numFeatures));
        HyperparameterCheck.AtLeast(1, virtualBatchSize, nameof(virtualBatchSize), "the number of samples that share statistics");
        HyperparameterCheck.Eps(eps);
        HyperparameterCheck.Momentum(momentum);
        LayerParameters.RequireFloating(dtype);
        (NumFeatures, VirtualBatchSize, Eps, Momentum) = (numFeatures, virtualBatchSize, eps, momentum);
        if (affine) register_parameter("weight", LayerParameters.Ones([numFeatures], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numFeatures], dtype, device));
        if (trackRunningStatistics) RunningStatistics.Register(this, numFeatures, dtype, device);
    }

    /// <summary>C.</summary>
    public long NumFeatures { get; }

    /// <summary>V, the samples of one chunk.</summary>
    public long VirtualBatchSize { get; }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>ρ, the weight of the new chunk; null for the plain average.</summary>
    public double? Momentum { get; }

    /// <summary>γ (C), or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β (C), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>The running mean (C), or null.</summary>
    public Tensor? RunningMean => Running.Mean;

    /// <summary>The running unbiased variance of chunks (C), or null.</summary>
    public Tensor? RunningVariance => Running.Variance;

    /// <summary>How many chunks were tracked (a scalar of int64), or null.</summary>
    public Tensor? NumBatchesTracked => Running.BatchesTracked;

    private RunningStatistics Running => new(this);

    private bool UsesBatchStatistics => training || RunningMean is null;

    /// <summary>Normalizes x; in training mode it also updates the running statistics, once per chunk. An empty batch has no chunk.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>(N, C, *), in the type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, or one value per channel in a chunk, the last one included.</exception>
    public override Tensor forward(Tensor x)
    {
        ChannelCheck.Channels(x, NumFeatures, nameof(GhostBatchNorm));
        var samples = x.shape[0];
        var size = Math.Max(1, training ? Math.Min(VirtualBatchSize, samples) : samples);
        var rest = samples % size;
        RequireInput(x, rest == 0 ? Math.Min(size, samples) : rest);
        using var scope = NewDisposeScope();
        if (!UsesBatchStatistics)
            return Running.Normalize(x, Weight, Bias, Eps).MoveToOuterDisposeScope();
        var y = Chunked(x.narrow(0, 0, samples - rest), size);
        if (rest > 0) y = cat([y, Chunked(x.narrow(0, samples - rest, rest), rest)]);
        return y.MoveToOuterDisposeScope();
    }

    private Tensor Chunked(Tensor x, long size)
    {
        var shape = x.shape;
        var chunks = x.reshape([shape[0] / size, size, .. shape.AsSpan(1)]); // (N, C, *) → (K, V, C, *)
        long[] axes = [1, .. Axes.Last(shape.Length - 2, shape.Length + 1)];
        var y = Normalization.Apply(chunks, axes, Weight, Bias, [2], Eps, out var moments);
        for (long k = 0; training && k < chunks.shape[0]; k++)
            Running.Track(new Moments(moments.Mean.select(0, k), moments.Variance.select(0, k), moments.Count), Momentum);
        return y.view(shape); // (K, V, C, *) → (N, C, *)
    }

    private void RequireInput(Tensor x, long smallestChunk)
    {
        if (UsesBatchStatistics)
            ChannelCheck.Several(x, smallestChunk * x.shape.Skip(2).Aggregate(1L, (product, length) => product * length), " and chunk",
                $"The smallest chunk here has {smallestChunk} sample: give a batch that leaves no such rest, another virtualBatchSize than {VirtualBatchSize}, or call eval() to use running statistics.");
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
        Running.RequireFit(x);
    }
}
