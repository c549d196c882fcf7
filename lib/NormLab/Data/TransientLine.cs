namespace NormLab.Data;

/// <summary>
/// A line on the console that is overwritten while something takes long and wiped at the end: outputs that are kept must
/// not depend on whether there was something to wait for.
/// </summary>
internal sealed class TransientLine(TextWriter console) : IDisposable
{
    private int width;

    /// <summary>Shows a text in place of the one before.</summary>
    public void Show(string text)
    {
        console.Write($"\r{text.PadRight(width)}");
        width = text.Length;
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (width > 0)
            console.Write($"\r{new string(' ', width)}\r");
    }
}
