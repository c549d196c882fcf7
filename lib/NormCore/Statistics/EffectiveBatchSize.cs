using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>How many independent elements a batch of images holds per channel: not N·H·W but N/ρ, since the elements of an image are alike.</summary>
/// <remarks>
/// With x_np = a_n + e_np for image n and place p, and a_n the mean of the image, ρ = Var(a_n)/σ² is the part of the variance that is
/// between images. The batch's mean has the variance ρ σ²/N, as that of N/ρ independent elements, and E[σ_B²] = σ² (1 − ρ/N).
/// Without further axes ρ = 1.
/// </remarks>
public static class EffectiveBatchSize
{
    /// <summary>ρ of each channel, from the means of images: s_a²/(σ_B² + s_a²/N), where s_a² is their unbiased variance.</summary>
    /// <param name="x">(N, C, *), floating point, N ≥ 2 independent images; the more, the surer.</param>
    /// <returns>(C), from 0 to about 1; NaN for a constant channel. Half types give float32.</returns>
    /// <remarks>σ_B² is low by the factor 1 − ρ/N, which s_a²/N adds again, so that numerator and denominator are unbiased.</remarks>
    /// <exception cref="ArgumentException">Fewer than two images, an empty one, fewer than two axes, or an integer type.</exception>
    public static Tensor Correlation(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var shape = x.shape;
        if (shape.Length < 2 || shape[0] < 2 || x.numel() == 0)
            throw new ArgumentException($"x has shape {TensorCheck.Text(shape)}; (N, C, *) with at least two samples is needed, since the variance between samples is estimated.", nameof(x));
        using var scope = NewDisposeScope();
        var samples = Precision.Widen(x).reshape(shape[0], shape[1], -1).mean([2]); // (N, C, *) → (N, C)
        var between = Moments.Of(samples, 0).UnbiasedVariance.view(-1); // (1, C) → (C)
        var pooled = Moments.Of(x, Axes.AllBut(1, shape.Length)).Variance.view(-1);
        return (between / (pooled + between / shape[0])).MoveToOuterDisposeScope();
    }

    /// <summary>N/ρ of each channel, for batches as large as x.</summary>
    /// <inheritdoc cref="Correlation"/>
    public static Tensor Of(Tensor x)
    {
        using var scope = NewDisposeScope();
        var rho = Correlation(x);
        return (x.shape[0] / rho).MoveToOuterDisposeScope();
    }
}
