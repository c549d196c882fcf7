using System.Globalization;
using System.Net;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>A claim with its measurement and verdict, shown as one line and as a check.</summary>
/// <param name="Claim">What was stated before the run.</param>
/// <param name="Value">The statistic.</param>
/// <param name="Interval">Its interval, or null where the statistic has no sampling error.</param>
/// <param name="Verdict">What the measurement says.</param>
public sealed record ClaimResult(Claim Claim, double Value, Interval? Interval, Verdict Verdict) : RichValue
{
    /// <summary>Whether the measurement agrees with the prose. A statistic that is no number agrees with nothing.</summary>
    public bool Passed => Verdict == Claim.Stated && double.IsFinite(Value);

    /// <inheritdoc/>
    public override string ToText() => $"{Mark} {Kind} {Claim.Id} {Name(Verdict)}{Disagreement}: {Claim.Statement} ({Evidence})";

    /// <inheritdoc/>
    public override string ToHtml() =>
        $"<p>{Mark} <b>{Kind}</b> <code>{WebUtility.HtmlEncode(Claim.Id)}</code> <b>{Name(Verdict)}</b>{Disagreement}: "
        + $"{WebUtility.HtmlEncode(Claim.Statement)}<br/><small>{WebUtility.HtmlEncode(Evidence)}</small></p>";

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType switch
    {
        MimeTypes.Markdown => $"{Mark} **{Kind}** `{Claim.Id}` **{Name(Verdict)}**{Disagreement}: {Claim.Statement}  \n{Evidence}",
        MimeTypes.Check => ToCheck().ToJson(),
        _ => base.ToMime(mimeType),
    };

    /// <summary>The measurement in words: statistic, interval and threshold.</summary>
    public string Evidence => string.Create(CultureInfo.InvariantCulture,
        $"{Claim.Statistic}: {Cell.Number(Value)}{(Interval is { } interval ? $", {interval}" : "")}; threshold {Claim.Threshold}");

    internal string Kind => Name(Claim.Kind);

    internal Check ToCheck() => new(Claim.Id, Passed, Passed ? Evidence : $"{Name(Verdict)}{Disagreement}: {Evidence}")
    {
        Details = ClaimJson.Details(this),
    };

    internal static string Name(Enum value) => value.ToString().ToLowerInvariant();

    private string Mark => Passed ? "✓" : "✗";

    private string Disagreement => Passed ? "" : $", but the prose says {Name(Claim.Stated)}";
}
