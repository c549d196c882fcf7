namespace NormLab.Claims;

/// <summary>Student's t distribution, as far as intervals need it: whole degrees of freedom.</summary>
public static class StudentT
{
    /// <summary>
    /// P(T ≤ t). With θ = atan(t/√ν), the finite series of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
    /// </summary>
    /// <param name="t">The value.</param>
    /// <param name="degreesOfFreedom">ν ≥ 1.</param>
    public static double Cumulative(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        var odd = degreesOfFreedom % 2 == 1;
        var theta = Math.Atan2(t, Math.Sqrt(degreesOfFreedom));
        var cosine = Math.Cos(theta);

        var term = odd ? cosine : 1.0;
        var sum = degreesOfFreedom == 1 ? 0.0 : term;
        for (var k = odd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2)
        {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }

        var central = odd ? 2 / Math.PI * (theta + Math.Sin(theta) * sum) : Math.Sin(theta) * sum;
        return (1 + central) / 2;
    }

    /// <summary>The t with P(T ≤ t) = <paramref name="probability"/>, by bisection.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <param name="degreesOfFreedom">ν ≥ 1.</param>
    public static double Quantile(double probability, int degreesOfFreedom)
    {
        if (probability is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A quantile needs a probability strictly between 0 and 1.");

        double low = -1, high = 1;
        while (Cumulative(low, degreesOfFreedom) > probability) low *= 2;
        while (Cumulative(high, degreesOfFreedom) < probability) high *= 2;
        while (high - low > 1e-12 * Math.Max(1, Math.Abs(high)))
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            if (Cumulative(middle, degreesOfFreedom) < probability)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
