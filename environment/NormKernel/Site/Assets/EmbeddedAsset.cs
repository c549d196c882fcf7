namespace NormKernel.Site.Assets;

/// <summary>A file of the site that travels inside this program.</summary>
internal static class EmbeddedAsset
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedAsset).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"No resource {name} is embedded; the files of Site/Assets are.", name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
