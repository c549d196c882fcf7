using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>Solves problems element by element in double, by the formulas of the papers, and says how far a solution in another type may be off.</summary>
/// <remarks>
/// The bounds, with u the unit roundoff of arithmetic and k the longest chain of additions in it: every sum is off by at most k u times the sum of magnitudes.
/// Deviations are taken from a number at most 2σ off the mean, so their mean square is at most 5σ²; hence μ is off by √5 k u σ, σ² by 15 k u σ²,
/// and x̂ by 10 k u (1 + |x̂|). That error goes through the formulas below; results are then rounded to the type of memory. The mean, a double, is rounded too, and the variance is taken around that.
/// </remarks>
internal sealed class PlainSolver
{
    private readonly Problem of;
    private readonly int[] set;
    private readonly int[] parameter;
    private readonly double[] xhat;
    private readonly double[] rstd;
    private readonly double ku;

    public PlainSolver(Problem of)
    {
        this.of = of;
        (set, parameter) = ([.. of.Places().Select(place => place.Set)], [.. of.Places().Select(place => place.Parameter)]);
        var (sets, count) = ((int)of.Geometry.Sets, (double)of.Geometry.Count);
        Mean = of.Given?.Mean ?? (of.Centered ? Sum(sets, i => of.X[i], set, count) : new double[sets]);
        Variance = of.Given?.Variance ?? Sum(sets, i => Math.Pow(of.X[i] - Mean[set[i]], 2), set, count);
        rstd = [.. Variance.Select(v => 1 / Math.Sqrt(v + of.Eps))];
        xhat = [.. of.X.Select((x, i) => (x - Mean[set[i]]) * rstd[set[i]])];
        // Sums go into double after 8192 elements or 512 rows, and there are at least two lanes.
        var chain = 8 + Math.Max(Math.Min(count, 8192) / 2, Math.Min(of.Geometry.Outer, 512));
        ku = 10 * chain * (of.Type == ScalarType.Float64 ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24));
    }

    public double[] Mean { get; }

    public double[] Variance { get; }

    public void Check(Solution solution)
    {
        CheckStatistics(solution.Mean, solution.Variance);
        for (var i = 0; i < of.X.Length; i++)
        {
            var (gamma, beta) = (of.Gamma[parameter[i]], of.Beta[parameter[i]]);
            Near(gamma * xhat[i] + beta, ku * (Math.Abs(gamma) * (1 + Math.Abs(xhat[i])) + Math.Abs(beta)), of.Type, solution.Y[i], "y", i);
        }
        CheckGradients(solution);
    }

    public void CheckStatistics(double[] mean, double[] variance)
    {
        if (of.Given is not null) return;
        for (var s = 0; s < Mean.Length; s++)
        {
            Near(Mean[s], ku * Math.Sqrt(Variance[s]) + Math.ScaleB(Math.Abs(Mean[s]), -51), ScalarType.Float64, mean[s], "mean", s);
            Near(Variance[s], 2 * ku * Variance[s] + Math.Pow(Math.ScaleB(Mean[s], -51), 2), ScalarType.Float64, variance[s], "variance", s);
        }
    }

    private void CheckGradients(Solution solution)
    {
        var (sets, parameters, count) = ((int)of.Geometry.Sets, of.Gamma.Length, (double)of.Geometry.Count);
        double G(int i) => of.Gamma[parameter[i]] * of.Dy[i];
        double meanTerm = of.Given is null && of.Centered ? 1 : 0, varianceTerm = of.Given is null ? 1 : 0;
        double[] meanG = Sum(sets, G, set, count), meanGXhat = Sum(sets, i => G(i) * xhat[i], set, count);
        double[] size = Sum(sets, i => Math.Abs(G(i)), set, count), sizeXhat = Sum(sets, i => Math.Abs(G(i)) * (1 + Math.Abs(xhat[i])), set, count);
        for (var i = 0; i < of.X.Length; i++)
        {
            var dx = rstd[set[i]] * (G(i) - meanTerm * meanG[set[i]] - varianceTerm * xhat[i] * meanGXhat[set[i]]);
            var bound = 3 * ku * rstd[set[i]] * (Math.Abs(G(i)) + size[set[i]] + (1 + Math.Abs(xhat[i])) * sizeXhat[set[i]]);
            Near(dx, bound, of.Type, solution.Dx[i], "dx", i);
        }
        double[] dgamma = Sum(parameters, i => of.Dy[i] * xhat[i], parameter), dbeta = Sum(parameters, i => of.Dy[i], parameter);
        double[] sizes = Sum(parameters, i => Math.Abs(of.Dy[i]) * (1 + Math.Abs(xhat[i])), parameter);
        for (var p = 0; p < parameters; p++)
        {
            Near(dgamma[p], 2 * ku * sizes[p], of.ParameterType, solution.Dgamma[p], "dgamma", p);
            Near(dbeta[p], ku * sizes[p], of.ParameterType, solution.Dbeta[p], "dbeta", p);
        }
    }

    /// <summary>Sums of terms by where they belong, with what each addition loses added again (Neumaier 1974).</summary>
    private double[] Sum(int n, Func<int, double> term, int[] belongsTo, double divisor = 1)
    {
        double[] sums = new double[n], lost = new double[n];
        for (var i = 0; i < of.X.Length; i++)
        {
            var (at, value) = (belongsTo[i], term(i));
            var sum = sums[at] + value;
            lost[at] += Math.Abs(sums[at]) >= Math.Abs(value) ? sums[at] - sum + value : value - sum + sums[at];
            sums[at] = sum;
        }
        return [.. sums.Zip(lost, (sum, rest) => (sum + rest) / divisor)];
    }

    private void Near(double expected, double bound, ScalarType storage, double actual, string what, int index)
    {
        var (digits, smallest) = storage switch
        {
            ScalarType.Float64 => (53, 0.0),
            ScalarType.Float32 => (24, Math.ScaleB(1, -149)),
            ScalarType.Float16 => (11, Math.ScaleB(1, -24)),
            _ => (8, Math.ScaleB(1, -133)),
        };
        var allowed = bound + Math.ScaleB(Math.Abs(expected) + bound, -digits) + smallest;
        if (actual == expected || Math.Abs(actual - expected) <= allowed || (double.IsNaN(actual) && double.IsNaN(expected))) return;
        Assert.Fail($"{what}[{index}] is {actual}, {expected} is expected within {allowed:E2} ({of.Geometry}, {of.Type}, offset {of.Offset})");
    }
}
