namespace NormKernel.Site.Pictures;

/// <summary>In what form plotly draws a figure.</summary>
/// <param name="Name">What plotly calls it.</param>
/// <param name="Mime">What a notebook calls it.</param>
/// <param name="HasTitle">Whether the title is part of the picture; a document with captions has it there.</param>
internal sealed record PictureFormat(string Name, string Mime, bool HasTitle)
{
    /// <summary>For readers that run no scripts.</summary>
    public static PictureFormat Png { get; } = new("png", Outputs.Mime.Png, HasTitle: true);

    /// <summary>For print: sharp at every size.</summary>
    public static PictureFormat Svg { get; } = new("svg", Outputs.Mime.Svg, HasTitle: false);

    /// <summary>What a notebook stores of an address that plotly returns; null where it is no picture of this form.</summary>
    public string? Content(string address)
    {
        var (base64, text) = ($"data:{Mime};base64,", $"data:{Mime},");
        if (address.StartsWith(base64, StringComparison.Ordinal))
            return address[base64.Length..];
        return address.StartsWith(text, StringComparison.Ordinal) ? Uri.UnescapeDataString(address[text.Length..]) : null;
    }
}
