namespace NormKernel.Site.Outputs;

/// <summary>The kinds of output that a page shows in a way of their own.</summary>
public static class Mime
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Svg = "image/svg+xml";
    public const string Html = "text/html";
    public const string Markdown = "text/markdown";
    public const string Latex = "text/latex";
    public const string Text = "text/plain";
}
