using System.Globalization;
using System.Text.Json.Nodes;

namespace NormKernel.Notebooks.Json;

/// <summary>Numbers as Python writes them: integers of any size digit by digit, others as the shortest text that reads back.</summary>
public static class PythonNumber
{
    /// <exception cref="ArgumentException">Not a number or infinite: JSON has no text for these.</exception>
    public static string Write(JsonValue value)
    {
        // What was read from a file keeps its text, so that integers beyond 2^53 are not rounded.
        var text = value.ToJsonString();
        if (text == "-0")
            return "0";
        return text.AsSpan().ContainsAny(".eE") ? Write(double.Parse(text, CultureInfo.InvariantCulture)) : text;
    }

    /// <summary>Python's repr of a float: 1e-05, 0.0001, 1000000000000000.0, 1e+16.</summary>
    /// <exception cref="ArgumentException">Not a number or infinite: JSON has no text for these.</exception>
    public static string Write(double number)
    {
        if (!double.IsFinite(number))
            throw new ArgumentException($"{number} cannot be written to JSON; write null or text instead", nameof(number));

        var (digits, exponent) = Shortest(Math.Abs(number));
        var magnitude = exponent is < -4 or >= 16 ? Scientific(digits, exponent) : Fixed(digits, exponent);
        return double.IsNegative(number) ? "-" + magnitude : magnitude;
    }

    /// <summary>d.ddd × 10^exponent with the fewest digits that read back as the same number.</summary>
    private static (string Digits, int Exponent) Shortest(double number)
    {
        if (number == 0)
            return ("0", 0);

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? text : text[..mark];
        var exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), CultureInfo.InvariantCulture);

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var wholeDigits = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), exponent + wholeDigits - 1 - leadingZeros);
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        var sign = exponent < 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{sign}{Math.Abs(exponent):00}");
    }

    private static string Fixed(string digits, int exponent)
    {
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;

        var whole = digits.PadRight(exponent + 1, '0');
        return whole.Length == exponent + 1 ? whole + ".0" : $"{whole[..(exponent + 1)]}.{whole[(exponent + 1)..]}";
    }
}
