using System.Globalization;
using NormLab.Claims;

namespace NormLab.Rendering;

/// <summary>How a value of a table is written: numbers with 6 significant digits, in the invariant culture.</summary>
public static class Cell
{
    /// <summary>The text of one value; null becomes an empty cell.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "yes" : "no",
        double number => Number(number),
        float number => Number(number),
        Estimate estimate => estimate.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>6 significant digits, as many as stay the same between two runs of the same computation.</summary>
    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    internal static bool IsNumber(object? value) =>
        value is Estimate or double or float or decimal or int or long or short or byte or uint or ulong;
}
