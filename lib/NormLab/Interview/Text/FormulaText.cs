using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NormLab.Interview;

/// <summary>LaTeX formulas as one can read them in a terminal: Greek letters, fractions with a bar, small indices. What it does not know stays a word.</summary>
internal sealed partial class FormulaText
{
    private readonly string latex;
    private int at;

    private FormulaText(string latex) => this.latex = latex;

    public static string Of(string latex) => Spaces().Replace(new FormulaText(latex).Sequence(), " ").Trim();

    /// <summary>Up to the end or to the brace that closes the group.</summary>
    private string Sequence()
    {
        var text = new StringBuilder();
        while (at < latex.Length && latex[at] != '}')
            text.Append(Next());
        return text.ToString();
    }

    private string Next()
    {
        var letter = latex[at++];
        return letter switch
        {
            '\\' => Command(isSpaced: at > 1 && latex[at - 2] == ' ', Name()),
            '{' => Rest(),
            '_' => Index("_", FormulaSymbols.Subscripts),
            '^' => Index("^", FormulaSymbols.Superscripts),
            '~' => " ",
            '&' => "",
            '-' => "−",
            _ => letter.ToString(),
        };
    }

    private string Rest()
    {
        var text = Sequence();
        at++;
        return text;
    }

    /// <summary>What a command or an index applies to: a group, a command, or one character.</summary>
    private string Argument()
    {
        SkipSpaces();
        return at < latex.Length && latex[at] != '}' ? Next() : "";
    }

    private void SkipSpaces()
    {
        while (at < latex.Length && latex[at] == ' ')
            at++;
    }

    private string Name()
    {
        var from = at;
        while (at < latex.Length && char.IsAsciiLetter(latex[at]))
            at++;
        if (at == from && at < latex.Length)
            at++;
        return latex[from..at];
    }

    private string Command(bool isSpaced, string name) => name switch
    {
        "frac" or "tfrac" or "dfrac" => $"{Bracketed(Argument())}/{Bracketed(Argument())}",
        "sqrt" => $"√{Bracketed(Argument())}",
        "mathbb" => Argument() is var set && FormulaSymbols.Blackboard.TryGetValue(set, out var letter) ? letter : set,
        "begin" or "end" => Argument() is { } ? "" : "",
        "\\" => "\n",
        _ when FormulaSymbols.Accents.TryGetValue(name, out var accent) => Argument() + accent,
        _ when FormulaSymbols.Spaces.Contains(name) => " ",
        _ when FormulaSymbols.WithoutText.Contains(name) => "",
        _ when FormulaSymbols.Commands.TryGetValue(name, out var symbol) => Symbol(symbol, isSpaced),
        _ => name,
    };

    /// <summary>The space behind a command only ends its name, unless there is one before it too.</summary>
    private string Symbol(string symbol, bool isSpaced)
    {
        if (!isSpaced)
            SkipSpaces();
        return symbol;
    }

    private string Index(string mark, IReadOnlyDictionary<string, string> small)
    {
        var text = Argument().Trim().Replace('−', '-');
        return text.All(letter => small.ContainsKey(letter.ToString()))
            ? string.Concat(text.Select(letter => small[letter.ToString()]))
            : mark + Bracketed(text.Replace('-', '−'));
    }

    private static string Bracketed(string text) => text.All(IsPartOfWord) || Enclosed().IsMatch(text) ? text : $"({text.Trim()})";

    private static bool IsPartOfWord(char letter) =>
        char.IsLetter(letter) || char.IsNumber(letter) || char.IsSurrogate(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;

    [GeneratedRegex(@"^√?\([^()]*\)$")]
    private static partial Regex Enclosed();

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Spaces();
}
