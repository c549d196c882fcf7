using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NormLab.Data;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>A few square colour pictures to try style transfer on: some with content, some with a style.</summary>
public sealed record PictureData : RichValue
{
    private const int Each = 3;

    private PictureData(string name, string reason, string sha256, ImmutableArray<(string Name, Tensor Picture)> content, ImmutableArray<(string Name, Tensor Picture)> style) =>
        (Name, Reason, Sha256, Content, Style) = (name, reason, sha256, content, style);

    /// <summary>Which pictures they are.</summary>
    public string Name { get; }

    /// <summary>Why it is these.</summary>
    public string Reason { get; }

    /// <summary>SHA-256 of the pixels in use, rounded to 8 bits.</summary>
    public string Sha256 { get; }

    /// <summary>Three pictures of things, (3, S, S) each, float64 from 0 to 1.</summary>
    public ImmutableArray<(string Name, Tensor Picture)> Content { get; }

    /// <summary>Three textures, of the same size.</summary>
    public ImmutableArray<(string Name, Tensor Picture)> Style { get; }

    /// <summary>
    /// The first three PNG files of each of the folders <c>images/content</c> and <c>images/style</c> in NORM_DATA, cut to
    /// the square in their middle and averaged down; where there are not as many, generated pictures.
    /// </summary>
    /// <param name="side">S, the pixels of a side, at least 16.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of a kind that cannot be read.</exception>
    public static PictureData Load(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 16);
        var (content, style) = (Files("content"), Files("style"));
        return content.Length == Each && style.Length == Each
            ? Of("photographs", "their files are at hand", [.. content.Select(Read)], [.. style.Select(Read)])
            : Of("generated pictures", "NORM_DATA has no images/content and images/style with three PNG files each", GeneratedPictures.Content(side), GeneratedPictures.Style(side));

        (string, Tensor) Read(string file) => (Path.GetFileNameWithoutExtension(file), Square(PngReader.Read(File.ReadAllBytes(file)), side));
    }

    /// <inheritdoc/>
    public override string ToText() => ToTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType == MimeTypes.Provenance
        ? Json.Text(new JsonObject { ["pictures"] = Name, ["picturesSha256"] = Sha256 })
        : ToTable().ToMime(mimeType);

    private Table ToTable() => new Table("pictures", Name)
        .Row("chosen because", Reason)
        .Row("content", string.Join(", ", Content.Select(picture => picture.Name)))
        .Row("style", string.Join(", ", Style.Select(picture => picture.Name)))
        .Row("SHA-256", Sha256);

    private static PictureData Of(string name, string reason, ImmutableArray<(string Name, Tensor Picture)> content, ImmutableArray<(string Name, Tensor Picture)> style)
    {
        using var scope = NewDisposeScope();
        var pixels = cat([.. content.Concat(style).Select(picture => picture.Picture.mul(255).round().to(ScalarType.Byte))]);
        return new(name, reason, Convert.ToHexStringLower(SHA256.HashData(pixels.contiguous().data<byte>().ToArray())), content, style);
    }

    private static string[] Files(string folder)
    {
        var path = DataFolders.Given is { } given ? Path.Combine(given, "images", folder) : null;
        return Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.png").Order(StringComparer.Ordinal).Take(Each)] : [];
    }

    private static Tensor Square(Tensor picture, int side)
    {
        using var scope = NewDisposeScope();
        using var whole = picture;
        var (height, width) = (whole.shape[1], whole.shape[2]);
        var edge = Math.Min(height, width);
        var middle = whole.narrow(1, (height - edge) / 2, edge).narrow(2, (width - edge) / 2, edge);
        return nn.functional.adaptive_avg_pool2d(middle, side).DetachFromDisposeScope();
    }
}
