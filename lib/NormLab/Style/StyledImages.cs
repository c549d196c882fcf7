using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>
/// Colour images made of grey ones in which content and style are known and independent: the class of the grey image,
/// a tint (a gain and an offset for each of red, green and blue), and a texture (a grating of one orientation).
/// </summary>
/// <param name="Images">(N, 3, H, W): x_c = g_c (x + grating) + b_c.</param>
/// <param name="Content">The class of the grey image, (N).</param>
/// <param name="Tint">Which of <see cref="Tints"/>, (N).</param>
/// <param name="Texture">Which of <see cref="Orientations"/>, (N).</param>
public sealed record StyledImages(Tensor Images, Tensor Content, Tensor Tint, Tensor Texture)
{
    /// <summary>The number of tints.</summary>
    public const int Tints = 5;

    /// <summary>The number of orientations of the grating: k·180°/4.</summary>
    public const int Orientations = 4;

    // Those of the tints themselves, the same for every set: the k-th tint means the same to all who learn it.
    private const ulong TintSeed = 5;

    /// <summary>Gives every image a tint and a texture at random.</summary>
    /// <param name="grey">(N, 1, H, W) with labels.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="tint">How much tints differ: log₂ of a gain is uniform on ± this, an offset as well; 0 leaves the images grey.</param>
    /// <param name="contrast">The amplitude of the grating, in units of the pixels; 0 for none.</param>
    public static StyledImages Of(ImageSet grey, int seed, double tint = 1, double contrast = 0.5)
    {
        ArgumentNullException.ThrowIfNull(grey);
        if (grey.Images.dim() != 4 || grey.Images.shape[1] != 1)
            throw new ArgumentException($"Grey images (N, 1, H, W) are needed; these have the shape ({string.Join(", ", grey.Images.shape)}).", nameof(grey));

        using var scope = NewDisposeScope();
        using var draws = new Generator((ulong)seed);
        var (count, height, width) = (grey.Count, grey.Images.shape[2], grey.Images.shape[3]);
        var tints = (rand(count, generator: draws) * Tints).to(ScalarType.Int64);
        var textures = (rand(count, generator: draws) * Orientations).to(ScalarType.Int64);
        var phase = rand(count, 1, 1, generator: draws);
        var textured = grey.Images.cpu() + contrast * Grating(textures, phase, height, width).unsqueeze(1); // (N, 1, H, W)
        var (gain, offset) = Prototypes(tint);
        var images = gain.index_select(0, tints) * textured + offset.index_select(0, tints); // (N, 3, H, W)
        var device = grey.Images.device;
        return new(Kept(images.to(device)), Kept(grey.Labels.alias()), Kept(tints.to(device)), Kept(textures.to(device)));
    }

    /// <summary>The images with their classes as labels.</summary>
    public ImageSet ToSet() => new(Images, Content);

    /// <summary>The same for a part, from an index on.</summary>
    public StyledImages Part(int start, int count) =>
        new(Images.narrow(0, start, count), Content.narrow(0, start, count), Tint.narrow(0, start, count), Texture.narrow(0, start, count));

    private static (Tensor Gain, Tensor Offset) Prototypes(double tint)
    {
        using var generator = new Generator(TintSeed);
        var (gain, offset) = (rand(Tints, 3, 1, 1, generator: generator) * 2 - 1, rand(Tints, 3, 1, 1, generator: generator) * 2 - 1);
        return (exp2(tint * gain), tint * offset);
    }

    // Four pixels to a period; the phase is random, so that no position tells the orientation.
    private static Tensor Grating(Tensor orientation, Tensor phase, long height, long width)
    {
        var angle = orientation.to(ScalarType.Float32).view(-1, 1, 1) * Math.PI / Orientations;
        var (row, column) = (arange(height).view(1, -1, 1), arange(width).view(1, 1, -1));
        return (2 * Math.PI * ((angle.cos() * column + angle.sin() * row) / 4 + phase)).sin();
    }

    private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();
}
