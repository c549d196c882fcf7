using static TorchSharp.torch;

namespace NormCore;

/// <summary>Running statistics in the making, from one input of a layer after the other. In float64: there are only C numbers of each.</summary>
internal interface IEstimator : IDisposable
{
    /// <summary>Takes in an input.</summary>
    /// <param name="x">(N, C, *).</param>
    /// <param name="chunk">How many samples share statistics in training.</param>
    void Add(Tensor x, long chunk);

    /// <summary>Mean and unbiased variance (C), or null where nothing was taken in. They live as long as the estimator.</summary>
    (Tensor Mean, Tensor Variance)? Result { get; }
}

/// <summary>All elements together.</summary>
internal sealed class PooledMoments : IEstimator
{
    private Moments? pooled;
    private Tensor? variance;

    public (Tensor Mean, Tensor Variance)? Result => pooled is null ? null : (pooled.Mean, variance ??= pooled.UnbiasedVariance.DetachFromDisposeScope());

    public void Add(Tensor x, long chunk)
    {
        using var scope = NewDisposeScope();
        using var moments = Chunk(x);
        if (moments.Count == 0) return;
        var merged = pooled?.Merge(moments) ?? moments;
        Dispose();
        pooled = new Moments(merged.Mean.clone().DetachFromDisposeScope(), merged.Variance.clone().DetachFromDisposeScope(), merged.Count);
    }

    public void Dispose()
    {
        pooled?.Dispose();
        variance?.Dispose();
        (pooled, variance) = (null, null);
    }

    /// <summary>The moments of each channel, (C).</summary>
    public static Moments Chunk(Tensor x)
    {
        using var scope = NewDisposeScope();
        var moments = Moments.Of(x, Axes.AllBut(1, (int)x.dim()));
        return new Moments(moments.Mean.view(-1).to(ScalarType.Float64), moments.Variance.view(-1).to(ScalarType.Float64), moments.Count).MoveToOuterScope();
    }
}

/// <summary>The weighted average of the chunks' means and unbiased variances.</summary>
internal sealed class AverageOfBatches(bool weightBySize) : IEstimator
{
    private Tensor? mean, variance;
    private double weights;

    public (Tensor Mean, Tensor Variance)? Result => mean is null ? null : (mean, variance!);

    public void Add(Tensor x, long chunk)
    {
        using var scope = NewDisposeScope();
        foreach (var part in x.split(Math.Max(1, Math.Min(chunk, x.shape[0]))))
        {
            var moments = PooledMoments.Chunk(part);
            if (moments.Count == 0) continue;
            weights += weightBySize ? moments.Count : 1;
            var share = (weightBySize ? moments.Count : 1) / weights;
            mean ??= zeros_like(moments.Mean).DetachFromDisposeScope();
            variance ??= zeros_like(moments.Mean).DetachFromDisposeScope();
            mean.mul_(1 - share).add_(moments.Mean, alpha: share);
            variance.mul_(1 - share).add_(moments.UnbiasedVariance, alpha: share);
        }
    }

    public void Dispose()
    {
        mean?.Dispose();
        variance?.Dispose();
    }
}
