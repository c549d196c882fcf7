using System.Text;

namespace NormLab.Interview;

/// <summary>LaTeX formulas as one can read them in a terminal: Greek letters, fractions with a bar, small indices. What it does not know stays a word.</summary>
internal sealed class FormulaText
{
    private readonly string latex;
    private int at;

    private FormulaText(string latex) => this.latex = latex;

    public static string Of(string latex) => FormulaLayout.Tidy(new FormulaText(latex).Sequence());

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
            '\\' => Command(before: at > 1 ? latex[at - 2] : '\0', Name()),
            '{' => Rest(),
            '_' => FormulaLayout.Index("_", Argument(), FormulaSymbols.Subscripts),
            '^' => FormulaLayout.Index("^", Argument(), FormulaSymbols.Superscripts),
            '~' => " ",
            '&' => "",
            '-' => "−",
            '=' => " = ",
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

    private string Command(char before, string name) => name switch
    {
        "frac" or "tfrac" or "dfrac" => (char.IsLetterOrDigit(before) ? " " : "") + FormulaLayout.Fraction(Argument(), Argument()) + Gap(),
        "sqrt" => $"√{FormulaLayout.Factor(Argument())}",
        "mathbb" => Argument() is var set && FormulaSymbols.Blackboard.TryGetValue(set, out var letter) ? letter : set,
        "sum" or "prod" or "int" => $" {FormulaSymbols.Commands[name]}{Indices()} ",
        "operatorname" => Argument() + Gap(),
        "underbrace" or "overbrace" => Argument() + Annotation(),
        "overset" or "stackrel" => Argument() is var note ? $"{Argument()} [{note}] " : "",
        "begin" or "end" => Argument() is { } ? "" : "",
        "\\" or "qquad" => "\n",
        _ when FormulaSymbols.Accents.TryGetValue(name, out var accent) => Argument() + accent,
        _ when FormulaSymbols.Spaces.Contains(name) => " ",
        _ when FormulaSymbols.WithoutText.Contains(name) => "",
        _ when FormulaSymbols.Commands.TryGetValue(name, out var symbol) => Symbol(symbol, isSpaced: before == ' '),
        _ => name,
    };

    /// <summary>The space behind a command only ends its name, unless there is one before it too.</summary>
    private string Symbol(string symbol, bool isSpaced)
    {
        if (!isSpaced)
            SkipSpaces();
        return symbol;
    }

    /// <summary>A space where a letter would otherwise seem to belong to what is before it.</summary>
    private string Gap() => at < latex.Length && (char.IsLetter(latex[at]) || latex[at] == '\\') ? " " : "";

    private string Indices()
    {
        var text = "";
        while (IsIndexNext())
            text += Next();
        return text;
    }

    /// <summary>What a brace above or below a formula says of it.</summary>
    private string Annotation()
    {
        if (!IsIndexNext())
            return "";

        at++;
        return $" [= {Argument()}]";
    }

    private bool IsIndexNext() => at < latex.Length && (latex[at] is '_' or '^');
}
