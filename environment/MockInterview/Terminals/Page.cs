using System.Text.RegularExpressions;
using NormLab.Interview;
using Spectre.Console;

namespace MockInterview.Terminals;

/// <summary>Text on the console: headings, and paragraphs that break between words and hang under their bullets.</summary>
public sealed partial class Page(IAnsiConsole console)
{
    // Longer lines are hard to read.
    private const int WidestText = 100;

    private int Width => console.Profile.Capabilities.Ansi ? Math.Min(WidestText, console.Profile.Width - 1) : int.MaxValue;

    public void Line(string text = "") => console.WriteLine(text);

    public void Heading(string text)
    {
        console.WriteLine();
        console.Write(new Text(text, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    /// <param name="markdown">What to print.</param>
    /// <param name="indent">How many columns from the left.</param>
    public void Text(string markdown, int indent = 2)
    {
        foreach (var line in PlainText.Of(markdown).Split('\n'))
        {
            var start = new string(' ', indent) + Bullet().Match(line).Value;
            foreach (var piece in Wrapped(line[(start.Length - indent)..], Width - start.Length))
            {
                console.WriteLine((start + piece).TrimEnd());
                start = new string(' ', start.Length);
            }
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        while (text.Length > width)
        {
            var end = text.LastIndexOf(' ', width);
            if (end <= 0)
                break;
            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }

    [GeneratedRegex(@"^\s*([-*] |\d+\. )?")]
    private static partial Regex Bullet();
}
