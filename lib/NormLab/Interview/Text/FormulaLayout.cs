using System.Text.RegularExpressions;

namespace NormLab.Interview;

/// <summary>Where a formula on one line needs brackets and spaces to mean the same as the set one.</summary>
internal static partial class FormulaLayout
{
    public static string Tidy(string text) => SpaceInside().Replace(Spaces().Replace(text, " "), "").Trim();

    public static string Fraction(string numerator, string denominator) => $"{Numerator(numerator)}/{Factor(denominator)}";

    /// <summary>In brackets where it is more than one factor.</summary>
    public static string Factor(string text) => text.Length == 0 || OneFactor().IsMatch(text) ? text : $"({text.Trim()})";

    /// <summary>Small characters where there are any for all of it.</summary>
    public static string Index(string mark, string text, IReadOnlyDictionary<string, string> small)
    {
        var plain = text.Trim().Replace('−', '-').Replace(" = ", "=", StringComparison.Ordinal);
        if (plain.All(letter => small.ContainsKey(letter.ToString())))
            return string.Concat(plain.Select(letter => small[letter.ToString()]));

        return mark + (plain.Length == 1 ? plain : $"({plain.Replace('-', '−')})");
    }

    private static string Numerator(string text) => Sum().IsMatch(Enclosed().Replace(text, "")) ? $"({text.Trim()})" : text;

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=[(⟨\[]) | (?=[)⟩\],.])")]
    private static partial Regex SpaceInside();

    [GeneratedRegex("[+−±/=]")]
    private static partial Regex Sum();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Enclosed();

    // A number, one letter with its accents and indices, a norm, or anything in brackets.
    [GeneratedRegex(@"^(?:\d+|(?:∂?\w\p{M}*|‖[^‖]*‖)[\p{Lm}\p{No}ᵢᵣᵤᵥ⁺⁻*′']*(?:_(?:\w|\([^()]*\)))?|√?\((?:[^()]|\([^()]*\))*\))$")]
    private static partial Regex OneFactor();
}
