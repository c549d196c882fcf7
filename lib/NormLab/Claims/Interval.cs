using System.Globalization;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>A confidence interval.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Level">The confidence, between 0 and 1.</param>
public readonly record struct Interval(double Low, double High, double Level)
{
    /// <summary>For example <c>0.02 to 0.05 (95 %)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Cell.Number(Low)} to {Cell.Number(High)} ({100 * Level:G4} %)");
}
