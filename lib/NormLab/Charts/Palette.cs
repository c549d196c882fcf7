using System.Collections.Immutable;
using System.Globalization;

namespace NormLab.Charts;

/// <summary>
/// The colours of Okabe and Ito, Color Universal Design (2008), which people with any colour vision can tell apart:
/// one fixed colour per method, in every notebook.
/// </summary>
public static class Palette
{
    /// <summary>Reference lines, notes and the arm without normalization; readable on white and on black.</summary>
    public const string Grey = "#808080";

    private const string Blue = "#0072B2";
    private const string Vermillion = "#D55E00";
    private const string Green = "#009E73";
    private const string Purple = "#CC79A7";
    private const string Orange = "#E69F00";
    private const string SkyBlue = "#56B4E9";

    // Beside the seven: of the muted, bright and vibrant schemes of Paul Tol, Colour Schemes (2021).
    private const string Olive = "#999933";
    private const string Wine = "#AA3377";
    private const string VividOrange = "#EE7733";
    private const string BrightGreen = "#228833";
    private const string Magenta = "#EE3377";
    private const string Rose = "#CC6677";

    private static readonly ImmutableDictionary<string, string> Methods = new Dictionary<string, string>
    {
        ["none"] = Grey,
        ["nonorm"] = Grey,
        ["nonormalization"] = Grey,
        ["batchnorm"] = Blue,
        ["layernorm"] = Vermillion,
        ["layernormperposition"] = Rose,
        ["groupnorm"] = Green,
        ["instancenorm"] = Purple,
        ["rmsnorm"] = Orange,
        ["rmsnormperposition"] = Orange,
        ["ghostbatchnorm"] = SkyBlue,
        ["l1batchnorm"] = Olive,
        ["l∞batchnorm"] = Wine,
        ["matchednoise"] = VividOrange,
        ["γdecay"] = BrightGreen,
        ["dropout"] = Magenta,
    }.ToImmutableDictionary();

    private static readonly ImmutableArray<string> Others = [SkyBlue, Orange, Purple, Green, Vermillion, Blue];

    /// <summary>
    /// The colour of a method, or null where the name is none: "batch norm", "BatchNorm" and "batch norm, He" have
    /// the same one.
    /// </summary>
    public static string? OfMethod(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var method = name.Split(',', '(', ':')[0].ToLowerInvariant();
        return Methods.GetValueOrDefault(string.Concat(method.Where(sign => !char.IsWhiteSpace(sign))))
            ?? Methods.GetValueOrDefault(string.Concat(method.Where(char.IsLetter)));
    }

    /// <summary>The colour of the n-th series that is no method.</summary>
    internal static string Other(int index) => Others[index % Others.Length];

    /// <summary>The colour, see-through, for bands and filled areas.</summary>
    internal static string Faint(string colour, double opacity = 0.2)
    {
        var rgb = Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"rgba({string.Join(",", rgb)},{opacity})");
    }
}
