using System.Collections.Immutable;
using System.Net;
using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Exercises;

/// <summary>What the check of an answer found: a mark, what is right already, and what is not, with the reason.</summary>
/// <param name="Title">The title of the exercise.</param>
/// <param name="Standing">How far the answer is.</param>
/// <param name="Right">The outputs that are right.</param>
/// <param name="Findings">What is wrong; empty for a correct answer.</param>
public sealed record ExerciseResult(string Title, Standing Standing, ImmutableArray<string> Right, ImmutableArray<Finding> Findings) : RichValue
{
    /// <inheritdoc/>
    public override string ToText() => string.Join("\n", [$"{Mark} {Title}: {Verdict}", .. Lines().Select(line => $"  {line.Lead}: {line.Text}")]);

    /// <inheritdoc/>
    public override string ToHtml() =>
        $"<div><p>{Mark} <b>{WebUtility.HtmlEncode(Title)}</b>: {Verdict}</p>"
        + string.Concat(Lines().Select(line => $"<p><b>{WebUtility.HtmlEncode(line.Lead)}</b>: {HintText.Html(line.Text)}</p>")) + "</div>";

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType switch
    {
        MimeTypes.Markdown => string.Join("\n\n", [$"{Mark} **{Title}**: {Verdict}", .. Lines().Select(line => $"**{line.Lead}**: {line.Text}")]),
        // What is not answered is not wrong either: a run of the questions passes.
        MimeTypes.Check => Standing == Standing.Open ? null : new Check(Title, Standing == Standing.Correct, Message).ToJson(),
        _ => base.ToMime(mimeType),
    };

    private string Mark => Standing switch { Standing.Correct => "✓", Standing.Wrong => "✗", _ => "○" };

    private string Verdict => Standing switch { Standing.Correct => "correct", Standing.Wrong => "not yet", _ => "not answered yet" };

    private string Message => Standing == Standing.Correct ? Verdict : string.Join(" ", Lines().Select(line => $"{line.Lead}: {line.Text}"));

    private IEnumerable<(string Lead, string Text)> Lines()
    {
        if (Right.Length > 0)
            yield return ("right", $"{string.Join("; ", Right)}.");
        foreach (var finding in Findings)
            yield return Line(finding);
    }

    private static (string Lead, string Text) Line(Finding finding) => (
        finding.Parts.Length > 0 ? $"not right ({string.Join("; ", finding.Parts)})" : finding.Name,
        finding.Reread is { } place ? $"{finding.Name}. {finding.Text} Reread {place}." : finding.Text);
}
