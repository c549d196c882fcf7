using System.Globalization;
using System.Text.RegularExpressions;

namespace NormKernel.Paper.Text;

/// <summary>Gives every displayed formula of a chapter its number, beside it: (3.1), (3.2) and so on.</summary>
public sealed partial class EquationNumbers(int chapter)
{
    public int Count { get; private set; }

    public string Number(string html) => DisplayedFormula().Replace(html, formula =>
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{chapter}.{++Count}");
        return $"<span class=\"equation\" id=\"equation-{number}\">{formula.Value}<span class=\"number\">({number})</span></span>";
    });

    // The formula's TeX is encoded, so no tag stands in it.
    [GeneratedRegex("<span class=\"math display\">[^<]*</span>")]
    private static partial Regex DisplayedFormula();
}
