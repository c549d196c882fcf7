namespace NormLab.Rendering;

/// <summary>The formatters of every <see cref="RichValue"/>, one per mime type; front ends create it by reflection.</summary>
public sealed class RichValueFormatters
{
    /// <summary>One formatter for each of <see cref="MimeTypes"/>.</summary>
#pragma warning disable CA1822 // The front ends call an instance method.
    public IEnumerable<RichValueFormatter> CreateTypeFormatters() =>
        MimeTypes.All.Select(mimeType => new RichValueFormatter(mimeType));
#pragma warning restore CA1822
}

/// <summary>Writes a <see cref="RichValue"/> in one mime type.</summary>
/// <param name="mimeType">One of <see cref="MimeTypes"/>.</param>
public sealed class RichValueFormatter(string mimeType)
{
    /// <summary>The mime type that <see cref="Format"/> writes.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the value; false where it is no <see cref="RichValue"/> or has no such representation.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if ((instance as RichValue)?.ToMime(MimeType) is not { } content)
            return false;

        writer.Write(content);
        return true;
    }
}
