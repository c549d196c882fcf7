namespace NormLab.Rendering;

/// <summary>The mime types in which values of this library offer themselves.</summary>
public static class MimeTypes
{
    /// <summary>HTML, for front ends that know none of the others.</summary>
    public const string Html = "text/html";

    /// <summary>Markdown, which notebook pages and GitHub render in their own style.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A plotly figure: <c>{"data":[…],"layout":{…}}</c>.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>A picture: the base64 of a PNG file.</summary>
    public const string Png = "image/png";

    /// <summary>Checks: <c>{"checks":[{"name","passed","message",…}]}</c>. The headless runner fails a run on <c>passed: false</c>.</summary>
    public const string Check = "application/vnd.normkernel.check+json";

    /// <summary>What the numbers of a notebook depend on: seed, device, library, dataset, …</summary>
    public const string Provenance = "application/vnd.normkernel.provenance+json";

    internal static readonly string[] All = [Html, Markdown, Plotly, Png, Check, Provenance];
}
