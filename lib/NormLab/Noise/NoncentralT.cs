namespace NormLab.Noise;

/// <summary>The noncentral t distribution: T = (Z + δ)/√(V/ν) with Z standard normal and V, independent of it, χ² with ν degrees of freedom.</summary>
/// <remarks>
/// Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), chapter 31. Computed by its definition: with s = √(V/ν),
/// P(T ≤ t) = E Φ(t s − δ). The trapezoidal rule in u = ln s converges faster than any power of the step, since the integrand is
/// analytic and vanishes at both ends.
/// </remarks>
public sealed class NoncentralT
{
    private const int Nodes = 400;
    private const double LogOfNothing = 40;

    private readonly double[] scale = new double[Nodes];
    private readonly double[] weight = new double[Nodes];

    /// <summary>The distribution.</summary>
    /// <param name="degreesOfFreedom">ν ≥ 1.</param>
    /// <param name="noncentrality">δ.</param>
    public NoncentralT(int degreesOfFreedom, double noncentrality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        if (!double.IsFinite(noncentrality))
            throw new ArgumentOutOfRangeException(nameof(noncentrality), noncentrality, "δ must be a finite number.");

        (DegreesOfFreedom, Noncentrality) = (degreesOfFreedom, noncentrality);

        // The density of u is ∝ exp(ν (u − e²ᵘ/2)); beyond these ends it is below e⁻⁴⁰ of its peak at 0.
        var right = Math.Sqrt(LogOfNothing / degreesOfFreedom);
        var left = Math.Min(LogOfNothing / degreesOfFreedom + 0.5, 2 * right + LogOfNothing / degreesOfFreedom);
        for (var i = 0; i < Nodes; i++)
        {
            var u = -left + (left + right) * i / (Nodes - 1);
            (scale[i], weight[i]) = (Math.Exp(u), Math.Exp(degreesOfFreedom * (u - Math.Exp(2 * u) / 2 + 0.5)));
        }

        var total = weight.Sum();
        for (var i = 0; i < Nodes; i++)
            weight[i] /= total;
    }

    /// <summary>ν.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>δ.</summary>
    public double Noncentrality { get; }

    /// <summary>P(T ≤ t).</summary>
    public double Cumulative(double t) => OverScales(s => NormalDistribution.Cumulative(t * s - Noncentrality));

    /// <summary>The density at t, dP/dt.</summary>
    public double Density(double t) => OverScales(s => s * NormalDistribution.Density(t * s - Noncentrality));

    /// <summary>E f(T), for a smooth and bounded f.</summary>
    /// <remarks>
    /// Given z, E f((z + δ)/s) is smooth but for z = −δ, where f passes from one end to the other within s however small s is. The
    /// integral over z is therefore cut there, and each part summed by the rule of Takahasi and Mori (1974), which allows for such ends.
    /// </remarks>
    public double Expectation(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        const double end = 8.5;
        var cut = Math.Clamp(-Noncentrality, -end, end);
        return DoubleExponential(-end, cut, Given) + DoubleExponential(cut, end, Given);

        double Given(double z) => NormalDistribution.Density(z) * OverScales(s => function((z + Noncentrality) / s));
    }

    private static double DoubleExponential(double from, double to, Func<double, double> function)
    {
        const double step = 0.05;
        const int points = 70;
        if (from == to)
            return 0;
        var (middle, half) = ((from + to) / 2, (to - from) / 2);
        return Enumerable.Range(-points, 2 * points + 1).Select(i => i * step).Sum(v =>
        {
            var inner = Math.PI / 2 * Math.Sinh(v);
            var slope = half * Math.PI / 2 * Math.Cosh(v) / Math.Pow(Math.Cosh(inner), 2);
            return step * slope * function(middle + half * Math.Tanh(inner));
        });
    }

    private double OverScales(Func<double, double> function)
    {
        var sum = 0.0;
        for (var i = 0; i < Nodes; i++)
            sum += weight[i] * function(scale[i]);
        return sum;
    }
}
