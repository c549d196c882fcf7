namespace NormKernel.Site.Assets;

/// <summary>KaTeX as a page finds it: where its files are, and the files to put there (none when they stay on the network).</summary>
public sealed record KatexAssets(string Address, IReadOnlyDictionary<string, byte[]> Files)
{
    private const string Folder = "assets/katex";

    public static KatexAssets Local(IReadOnlyDictionary<string, byte[]> files) =>
        new(Folder, files.ToDictionary(file => $"{Folder}/{file.Key}", file => file.Value, StringComparer.Ordinal));

    public static KatexAssets Linked(Uri address) => new(address.AbsoluteUri.TrimEnd('/'), new Dictionary<string, byte[]>());
}
