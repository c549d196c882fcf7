using System.Net;
using NormLab.Rendering;

namespace NormLab.Interview;

/// <summary>What a rehearsal shows: markdown where a front end knows it, else plain text.</summary>
[TypeFormatterSource(typeof(RichValueFormatters), PreferredMimeTypes = [MimeTypes.Markdown])]
public abstract record InterviewText : RichValue
{
    /// <summary>The text in markdown with LaTeX formulas.</summary>
    public abstract string ToMarkdown();

    /// <inheritdoc/>
    public override string ToText() => PlainText.Of(ToMarkdown());

    /// <inheritdoc/>
    public sealed override string ToHtml() => $"<div style=\"white-space:pre-wrap\">{WebUtility.HtmlEncode(ToText())}</div>";

    /// <inheritdoc/>
    public sealed override string? ToMime(string mimeType) => mimeType == MimeTypes.Markdown ? ToMarkdown() : base.ToMime(mimeType);
}
