using System.Text;

namespace NormKernel.Notebooks;

/// <summary>
/// Shows text the way a terminal leaves it: after a carriage return, what follows overwrites the line, and spaces wipe it.
/// </summary>
public static class CarriageReturns
{
    public static string Collapse(string text)
    {
        var unix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return unix.Contains('\r') ? string.Join('\n', unix.Split('\n').Select(CollapseLine)) : unix;
    }

    private static string CollapseLine(string line)
    {
        if (!line.Contains('\r', StringComparison.Ordinal))
            return line;
        var shown = new StringBuilder();
        foreach (var segment in line.Split('\r'))
            shown.Remove(0, Math.Min(segment.Length, shown.Length)).Insert(0, segment);
        return shown.ToString().TrimEnd(' ');
    }
}
