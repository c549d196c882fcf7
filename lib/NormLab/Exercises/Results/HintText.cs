using System.Net;
using System.Text.RegularExpressions;
using NormLab.Rendering;

namespace NormLab.Exercises;

/// <summary>A short text with code between backticks, such as a hint.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Text">The text.</param>
public sealed partial record HintText(string Title, string Text) : RichValue
{
    /// <inheritdoc/>
    public override string ToText() => $"{Title}: {Text}";

    /// <inheritdoc/>
    public override string ToHtml() => $"<p><b>{WebUtility.HtmlEncode(Title)}</b>: {Html(Text)}</p>";

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType == MimeTypes.Markdown ? $"**{Title}**: {Text}" : base.ToMime(mimeType);

    internal static string Html(string text) => Code().Replace(WebUtility.HtmlEncode(text), "<code>$1</code>");

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
