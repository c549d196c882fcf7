using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>A way in which test images differ from training images: covariate shift, of the data itself.</summary>
/// <param name="Name">Its name, with its strength.</param>
/// <param name="Apply">Makes the corrupted images, (N, *) from (N, *).</param>
public sealed record Corruption(string Name, Func<Tensor, Tensor> Apply)
{
    /// <summary>x ↦ f x, in normalized pixels: contrast about the mean grey of the data set.</summary>
    /// <param name="factor">f.</param>
    public static Corruption Contrast(double factor) => new(FormattableString.Invariant($"contrast × {factor}"), x => x * factor);

    /// <summary>x ↦ x + b, in standard deviations of the pixels.</summary>
    /// <param name="shift">b.</param>
    public static Corruption Brightness(double shift) => new(FormattableString.Invariant($"brightness + {shift}"), x => x + shift);

    /// <summary>x ↦ x + s·N(0, 1), independent for each pixel; the same noise for the same seed and shape.</summary>
    /// <param name="deviation">s, in standard deviations of the pixels.</param>
    /// <param name="seed">The seed of the noise.</param>
    public static Corruption Noise(double deviation, int seed) => new(FormattableString.Invariant($"noise {deviation}"), x =>
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        return (x + deviation * randn(x.shape, generator: generator).to(x.device)).MoveToOuterDisposeScope();
    });

    /// <summary>The corrupted images with their labels.</summary>
    public ImageSet Of(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new(Apply(images.Images), images.Labels.alias());
    }
}
