using NormCore.Checks;
using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>The running statistics of a layer, kept as its buffers under PyTorch's names: r ← (1 − ρ) r + ρ b.</summary>
/// <param name="owner">The layer.</param>
/// <param name="spread">The buffer beside the mean, where it is not the variance.</param>
/// <remarks>Half-precision layers keep them in float32, where PyTorch rounds them to half: at ρ = 0.1 a bfloat16 average stops moving.</remarks>
internal readonly struct RunningStatistics(nn.Module owner, string spread = "running_var")
{
    /// <summary>(C), or null where the layer tracks none.</summary>
    public Tensor? Mean => owner.get_buffer("running_mean");

    /// <summary>(C), unbiased where it is the variance, or null.</summary>
    public Tensor? Variance => owner.get_buffer(spread);

    /// <summary>A scalar of int64, or null.</summary>
    public Tensor? BatchesTracked => owner.get_buffer("num_batches_tracked");

    /// <summary>Gives a layer the statistics (0, 1) of C channels, which belong to it and to no dispose scope.</summary>
    public static void Register(nn.Module owner, long channels, ScalarType? dtype, Device? device, string spread = "running_var")
    {
        var type = Precision.OfStatistics(dtype ?? get_default_dtype());
        owner.register_buffer("running_mean", zeros(channels, type, device).DetachFromDisposeScope());
        owner.register_buffer(spread, ones(channels, type, device).DetachFromDisposeScope());
        owner.register_buffer("num_batches_tracked", zeros([], ScalarType.Int64, device).DetachFromDisposeScope());
    }

    /// <summary>Takes in one batch with weight ρ, or as one of all batches so far where ρ is null; nothing where none are tracked.</summary>
    /// <param name="batch">Moments with C elements each, whatever their shape.</param>
    /// <param name="momentum">ρ, the weight of the NEW batch.</param>
    public void Track(Moments batch, double? momentum) =>
        Track(batch.Mean, batch.Variance, batch.Count, momentum, unbiased: (double)batch.Count / (batch.Count - 1));

    /// <summary>The same with the number that is averaged beside the mean, times a factor.</summary>
    public void Track(Tensor batchMean, Tensor batchSpread, long count, double? momentum, double unbiased = 1)
    {
        if (Mean is not { } mean || BatchesTracked is not { } batches) return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Count(batches);
        if (count == 0) return; // As PyTorch: an empty batch counts, but has no statistics.
        // The average reads the counter back, for which a GPU has to wait.
        var rho = momentum ?? 1.0 / batches.item<long>();
        Average(mean, batchMean, rho, 1);
        Average(Variance!, batchSpread, rho, unbiased);
    }

    /// <summary>γ (x − μ)/√(σ² + ε) + β with those of the batch x, (N, C, *), which are taken in by the same kernel; null where that takes two steps.</summary>
    public Tensor? NormalizeAndTrack(Tensor x, Tensor? weight, Tensor? bias, double eps, double? momentum, Fusion? fusion = null)
    {
        if (Mean is not { } mean || Variance is not { } variance || BatchesTracked is not { } batches || !FusedPath.IsForGpu(x)) return null;
        using var scope = NewDisposeScope();
        var average = new RunningAverage(mean, variance, momentum ?? 1.0 / (1 + batches.item<long>()));
        var y = FusedPath.ApplyTracking(x, Axes.AllBut(1, (int)x.dim()), weight, bias, [1], eps, average, fusion);
        using var noGradient = no_grad();
        if (y is not null) Count(batches);
        fusion?.Sum?.MoveToOuterDisposeScope();
        return y?.MoveToOuterDisposeScope();
    }

    /// <summary>γ (x − μ)/√(σ² + ε) + β with these statistics, for x of (N, C, *).</summary>
    public Tensor Normalize(Tensor x, Tensor? weight, Tensor? bias, double eps)
    {
        return NormalizeFused(x, weight, bias, eps) ?? Composed.Apply(x, AsMoments(x.dim()), weight, bias, [1], eps);
    }

    /// <summary>The same by a kernel, with what it fuses; null where there is none.</summary>
    public Tensor? NormalizeFused(Tensor x, Tensor? weight, Tensor? bias, double eps, Fusion? fusion = null) =>
        FusedPath.Apply(x, Axes.AllBut(1, (int)x.dim()), Mean!, Variance!, weight, bias, [1], eps, fusion);

    /// <summary>The statistics in the shape of moments of (N, C, *): (1, C, 1, …).</summary>
    public Moments AsMoments(long rank)
    {
        var view = new long[rank];
        Array.Fill(view, 1);
        view[1] = -1;
        return new Moments(Mean!.view(view), Variance!.view(view), 0);
    }

    /// <summary>Refuses statistics that do not fit x: disposed ones, another device, another type.</summary>
    public void RequireFit(Tensor x) => TensorCheck.FitsInput(x, (Mean, "running_mean"), (Variance, spread));

    private static void Count(Tensor batches)
    {
        if (!StatisticsMemory.TryIncrement(batches)) batches.add_(1);
    }

    // On the CPU C numbers are averaged in less time than one operation of torch takes to start.
    private static void Average(Tensor running, Tensor batch, double rho, double factor)
    {
        if (!StatisticsMemory.TryAverage(running, batch, 1 - rho, rho * factor))
            running.mul_(1 - rho).add_(batch.view(-1), alpha: rho * factor); // (1, C, 1, …) → (C)
    }
}
