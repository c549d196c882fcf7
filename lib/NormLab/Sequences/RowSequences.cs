using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>Images as sequences of their rows, cropped to different lengths and padded with zeros to the same one.</summary>
public static class RowSequences
{
    /// <summary>Each image from its top row down, as far as a length drawn for it; behind its pixels each row has 1 if it counts and 0 if it is padding.</summary>
    /// <param name="images">Images (N, 1, H, W).</param>
    /// <param name="lengths">The lengths to draw from, evenly; H is the longest that there is.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <returns>(N, H, W + 1), with the labels.</returns>
    public static ImageSet Of(ImageSet images, IReadOnlyList<int> lengths, int seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(lengths);
        var (n, height) = (images.Count, images.Images.shape[2]);
        if (lengths.Count == 0 || lengths.Any(length => length < 1 || length > height))
            throw new ArgumentException($"The lengths are {string.Join(", ", lengths)}; images of {height} rows make sequences of 1 to {height}.", nameof(lengths));
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var drawn = tensor(lengths.ToArray()).index_select(0, randint(0, lengths.Count, [n], generator: generator).to(ScalarType.Int64)); // (N)
        var counts = (arange(height).unsqueeze(0) < drawn.unsqueeze(1)).to(ScalarType.Float32).unsqueeze(-1); // (N, H, 1)
        var rows = images.Images.squeeze(1) * counts; // (N, H, W)
        return new(cat([rows, counts], -1).MoveToOuterDisposeScope(), images.Labels.alias().MoveToOuterDisposeScope());
    }
}
