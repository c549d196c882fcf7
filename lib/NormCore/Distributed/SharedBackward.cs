using static TorchSharp.torch;

namespace NormCore;

/// <summary>The backward pass of one shard of a batch that several replicas share, as operations of torch.</summary>
/// <remarks>
/// With m values of all replicas in a channel, r = 1/√(σ² + ε) and sums over all replicas: dx = r γ (dy − 1/m Σ dy − x̂ 1/m Σ dy x̂).
/// What is added up is Σ dy x̂ and Σ dy of each shard, which are its dγ and dβ too.
/// </remarks>
/// <param name="Xhat">x̂ (N, C, *).</param>
/// <param name="Rstd">r (1, C, 1, …).</param>
/// <param name="Count">m.</param>
internal sealed record SharedBackward(Tensor Xhat, Tensor Rstd, long Count)
{
    /// <summary>From x and the moments of all replicas.</summary>
    public static SharedBackward Of(Tensor x, SharedMoments batch, double eps)
    {
        var rstd = (batch.Moments.Variance + eps).rsqrt();
        return new SharedBackward((batch.Centered(x) - batch.Moments.Mean) * rstd, rstd, batch.Moments.Count);
    }

    /// <summary>Σ dy x̂ and Σ dy of this shard, (2, C).</summary>
    public Tensor Sums(Tensor dy)
    {
        var axes = Axes.AllBut(1, (int)Xhat.dim());
        return stack([(dy * Xhat).sum(axes), dy.sum(axes)]);
    }

    /// <summary>dx (N, C, *).</summary>
    /// <param name="dy">(N, C, *).</param>
    /// <param name="gamma">γ (C), or null.</param>
    /// <param name="sums">Those of all replicas, (2, C).</param>
    public Tensor Input(Tensor dy, Tensor? gamma, Tensor sums)
    {
        var shape = Rstd.shape;
        var means = sums / Math.Max(1, Count);
        var inner = dy - means[1].view(shape) - Xhat * means[0].view(shape); // (C) → (1, C, 1, …)
        return gamma is null ? Rstd * inner : Rstd * gamma.to(Xhat.dtype).view(shape) * inner;
    }
}
