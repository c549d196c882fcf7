using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pictures.Png;

namespace NormKernel.Site.Pictures;

/// <summary>
/// Makes a notebook's pictures smaller: browsers write four bytes for each pixel and pack them in haste. A picture of few colours,
/// as charts are, needs one byte; where more than 256 are blended, the nearest stand for the rest.
/// </summary>
public static class SmallPictures
{
    /// <summary>Replaces each picture that gets smaller. One that has been made small before stays as it is.</summary>
    public static void Make(Notebook notebook)
    {
        foreach (var data in notebook.Cells.SelectMany(cell => cell.Outputs).Select(output => output?["data"]).OfType<JsonObject>())
        {
            if (data[Mime.Png] is { } png && Smaller(MultilineText.Join(png)) is { } small)
                data[Mime.Png] = small;
        }
    }

    private static string? Smaller(string base64)
    {
        try
        {
            var png = Convert.FromBase64String(base64);
            if (PngReader.Read(png) is not { } picture)
                return null;
            var small = PngWriter.Write(picture, Palette.Of(picture));
            return small.Length < png.Length ? Convert.ToBase64String(small) + "\n" : null;
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException)
        {
            // No picture that could be read: it is shown as it is, or not at all.
            return null;
        }
    }
}
