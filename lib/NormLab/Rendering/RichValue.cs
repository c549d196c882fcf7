namespace NormLab.Rendering;

/// <summary>A value that displays itself in every notebook front end: as plain text, as HTML and in richer types where it has them.</summary>
[TypeFormatterSource(typeof(RichValueFormatters), PreferredMimeTypes = [MimeTypes.Html])]
public abstract record RichValue
{
    /// <summary>The value as one or more lines of plain text.</summary>
    public abstract string ToText();

    /// <summary>The value as a fragment of HTML that needs nothing else on the page.</summary>
    public abstract string ToHtml();

    /// <summary>The value in one of <see cref="MimeTypes"/>, or null where it has no such representation.</summary>
    public virtual string? ToMime(string mimeType) => mimeType == MimeTypes.Html ? ToHtml() : null;

    /// <inheritdoc cref="ToText"/>
    public sealed override string ToString() => ToText();
}
