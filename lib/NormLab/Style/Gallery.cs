using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>Pictures in rows, shown as one picture.</summary>
public sealed record Gallery : RichValue
{
    private const int Gap = 4;

    // A photograph needs no more to the eye at this size, and each level less makes the file smaller.
    private const int Levels = 20;

    private readonly string png;

    private Gallery(string title, string png) => (Title, this.png) = (title, png);

    /// <summary>What there is to see, for readers who cannot see it.</summary>
    public string Title { get; }

    /// <summary>Puts pictures side by side, row below row, with white between them.</summary>
    /// <param name="title">What there is to see, row by row.</param>
    /// <param name="rows">Rows of equally many pictures (3, H, W) of one size, from 0 to 1; what lies outside is clipped.</param>
    /// <exception cref="ArgumentException">No picture, rows of different lengths, or pictures of different sizes.</exception>
    public static Gallery Of(string title, params IReadOnlyList<IReadOnlyList<Tensor>> rows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows[0].Count == 0 || rows.Any(row => row.Count != rows[0].Count))
            throw new ArgumentException($"The gallery got rows of {string.Join(", ", rows.Select(row => row.Count))} pictures; it needs at least one row, and equally many pictures in each.", nameof(rows));
        var size = rows[0][0].shape;
        if (rows.SelectMany(row => row).FirstOrDefault(picture => !picture.shape.SequenceEqual(size)) is { } other)
            throw new ArgumentException($"The gallery got pictures of shapes ({string.Join(", ", size)}) and ({string.Join(", ", other.shape)}); all need the same.", nameof(rows));

        using var scope = NewDisposeScope();
        var lines = rows.Select(row => Between([.. row], 2)).ToArray();
        return new(title, Convert.ToBase64String(PngWriter.Write(Between(lines, 1), Levels)));
    }

    /// <inheritdoc/>
    public override string ToText() => $"pictures: {Title}";

    /// <inheritdoc/>
    public override string ToHtml() => $"<img src=\"data:image/png;base64,{png}\" alt=\"{System.Net.WebUtility.HtmlEncode(Title)}\">";

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType == MimeTypes.Png ? png : base.ToMime(mimeType);

    private static Tensor Between(Tensor[] pictures, int axis)
    {
        var shape = pictures[0].shape;
        shape[axis] = Gap;
        var white = ones(shape, dtype: pictures[0].dtype);
        return cat([.. pictures.SelectMany((picture, index) => index == 0 ? new[] { picture } : [white, picture])], axis);
    }
}
