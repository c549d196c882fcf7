using static TorchSharp.torch;

namespace NormCore;

/// <summary>The moments of each channel over the batches of all replicas, relative to a constant c near the mean.</summary>
/// <remarks>
/// A mean of 10⁶ rounded to float32 would put an error of 0.03 into every deviation; x − c is exact where x is near c, and what
/// remains of the mean is small: <see cref="Moments"/> does the same for one batch. All replicas get the same c and the same moments.
/// </remarks>
/// <param name="Center">c, (1, C, 1, …), without gradient.</param>
/// <param name="Moments">The moments of all replicas' x − c; the mean and the variance are (1, C, 1, …).</param>
/// <param name="AreByKernels">Whether every replica has its own by a kernel; then they are constants, and the kernels go on with them.</param>
internal sealed record SharedMoments(Tensor Center, Moments Moments, bool AreByKernels)
{
    /// <summary>The moments of x itself.</summary>
    // An infinite element makes the mean of x − c ∞ − ∞, but the mean of x is still infinite.
    public Moments OfInput => Moments with { Mean = Center + Moments.Mean.nan_to_num(0) };

    /// <summary>x − c in the type of its statistics.</summary>
    public Tensor Centered(Tensor x) => Precision.Widen(x) - Center;

    /// <summary>One collective: count, mean and variance of every replica's batch, merged in the order of the ranks.</summary>
    /// <param name="x">(N, C, *); may be empty.</param>
    /// <param name="group">The replicas.</param>
    /// <param name="byKernel">(3, C): the mean, what rounding took from it and the variance of x; null where there is no kernel.</param>
    public static SharedMoments Of(Tensor x, ReplicaGroup group, Tensor? byKernel = null)
    {
        var rows = group.AllGather(byKernel is null ? Composed(x) : Extended(byKernel, x)); // (5, C) → (Size, 5, C)

        // The counts are read back, for which a GPU has to wait.
        var facts = rows.detach().narrow(1, 3, 2).select(2, 0).cpu(); // (Size, 2)
        var counts = facts.select(1, 0).data<double>().Select(count => (long)count).ToArray();
        var areByKernels = facts.select(1, 1).data<double>().All(isByKernel => isByKernel > 0);
        // A replica without kernels needs gradients through everyone's moments.
        if (byKernel is not null && !areByKernels) rows = group.InGraph(Composed(x), rows);

        var all = (double)Math.Max(1, counts.Sum());
        var nears = rows.detach().select(1, 0); // (Size, C)
        var type = Precision.OfStatistics(x.dtype);
        var center = counts.Select((count, rank) => nears[rank] * (count / all)).Aggregate((sum, next) => sum + next).to(type);
        var merged = counts
            .Select((count, rank) => new Moments(nears[rank] - center + rows[rank][1], rows[rank][2], count))
            .Aggregate((left, right) => left.Merge(right));

        long[] shape = [1, -1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)]; // (C) → (1, C, 1, …)
        return new SharedMoments(center.view(shape), new Moments(merged.Mean.to(type).view(shape), merged.Variance.to(type).view(shape), merged.Count), areByKernels);
    }

    // A constant near the mean, the mean relative to it, the variance, the count, and whether they are by a kernel: (5, C).
    // float64 is exact for counts up to 2⁵³, and costs nothing for 5 C numbers.
    private static Tensor Composed(Tensor x)
    {
        var (wide, axes) = (Precision.Widen(x), Axes.AllBut(1, (int)x.dim()));
        var near = wide.detach().sum(axes, keepdim: true) / Math.Max(1, x.numel() / x.shape[1]);
        var own = OfShard(wide - near, axes);
        Tensor[] row = [near, own.Mean, own.Variance, full_like(near, own.Count), zeros_like(near)];
        return stack(row).to(ScalarType.Float64).flatten(1); // (5, 1, C, 1, …) → (5, C)
    }

    private static Tensor Extended(Tensor byKernel, Tensor x)
    {
        var own = byKernel.to(ScalarType.Float64);
        return cat([own, full_like(own[..1], x.numel() / x.shape[1]), ones_like(own[..1])]); // (3, C) → (5, C)
    }

    // The sum of no elements is 0 and still leads the gradient's collective to this replica.
    private static Moments OfShard(Tensor x, long[] axes) =>
        x.numel() > 0 ? Moments.Of(x, axes, out _) : new Moments(x.sum(axes, keepdim: true), x.sum(axes, keepdim: true), 0);
}
