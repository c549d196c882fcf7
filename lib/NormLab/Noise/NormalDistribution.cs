namespace NormLab.Noise;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private const double Beyond = 8.5;

    /// <summary>φ(x) = exp(−x²/2)/√(2π).</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …), to rounding error.</summary>
    /// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.11. All terms have the sign of x, so nothing cancels in the sum.</remarks>
    public static double Cumulative(double x)
    {
        if (double.IsNaN(x))
            return double.NaN;
        if (Math.Abs(x) > Beyond)
            return x > 0 ? 1 : 0;

        var (term, sum) = (x, 0.0);
        for (var odd = 3; sum + term != sum; odd += 2)
        {
            sum += term;
            term *= x * x / odd;
        }

        return 0.5 + Density(x) * sum;
    }
}
