using static TorchSharp.torch;

namespace NormCore;

/// <summary>The moments of each channel over the batches of all replicas, relative to a constant c near the mean.</summary>
/// <remarks>
/// A mean of 10⁶ rounded to float32 would put an error of 0.03 into every deviation; x − c is exact where x is near c, and what
/// remains of the mean is small: <see cref="Moments"/> does the same for one batch. All replicas get the same c and the same moments.
/// </remarks>
/// <param name="Centered">x − c, (N, C, *).</param>
/// <param name="Center">c, (1, C, 1, …), without gradient.</param>
/// <param name="Moments">The moments of all replicas' x − c; the mean and the variance are (1, C, 1, …).</param>
internal sealed record SharedMoments(Tensor Centered, Tensor Center, Moments Moments)
{
    /// <summary>The moments of x itself.</summary>
    // An infinite element makes the mean of x − c ∞ − ∞, but the mean of x is still infinite.
    public Moments OfInput => Moments with { Mean = Center + Moments.Mean.nan_to_num(0) };

    /// <summary>One collective: count, mean and variance of every replica's batch, merged in the order of the ranks.</summary>
    /// <param name="x">(N, C, *), in the type of its statistics; may be empty.</param>
    /// <param name="group">The replicas.</param>
    public static SharedMoments Of(Tensor x, ReplicaGroup group)
    {
        var axes = Axes.AllBut(1, (int)x.dim());
        var near = x.detach().sum(axes, keepdim: true) / Math.Max(1, x.numel() / x.shape[1]);
        var own = OfShard(x - near, axes);
        Tensor[] row = [near, own.Mean, own.Variance, full_like(near, own.Count)];
        // float64 is exact for counts up to 2⁵³, and costs nothing for 4 C numbers.
        var rows = group.AllGather(stack(row).to(ScalarType.Float64).flatten(1)); // (4, 1, C, 1, …) → (4, C) → (Size, 4, C)

        // The counts are read back, for which a GPU has to wait.
        var counts = rows.detach().select(1, 3).select(1, 0).cpu().data<double>().Select(count => (long)count).ToArray();
        var all = (double)Math.Max(1, counts.Sum());
        var nears = rows.detach().select(1, 0); // (Size, C)
        var center = counts.Select((count, rank) => nears[rank] * (count / all)).Aggregate((sum, next) => sum + next).to(x.dtype);
        var merged = counts
            .Select((count, rank) => new Moments(nears[rank] - center + rows[rank][1], rows[rank][2], count))
            .Aggregate((left, right) => left.Merge(right));

        var shape = near.shape; // (C) → (1, C, 1, …)
        var c = center.view(shape);
        return new SharedMoments(x - c, c, new Moments(merged.Mean.to(x.dtype).view(shape), merged.Variance.to(x.dtype).view(shape), merged.Count));
    }

    // The sum of no elements is 0 and still leads the gradient's collective to this replica.
    private static Moments OfShard(Tensor x, long[] axes) =>
        x.numel() > 0 ? Moments.Of(x, axes, out _) : new Moments(x.sum(axes, keepdim: true), x.sum(axes, keepdim: true), 0);
}
