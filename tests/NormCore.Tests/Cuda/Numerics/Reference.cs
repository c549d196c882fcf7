namespace NormCore.Tests.Cuda.Numerics;

/// <summary>The formulas in float64, element by element, by the definition of the sets and nothing else.</summary>
internal sealed class Reference
{
    private readonly CudaCase of;
    private readonly double[] x;
    private readonly double[] gamma;
    private readonly double[] beta;

    public Reference(CudaCase of, double[] x, double[] gamma, double[] beta, double[]? mean = null, double[]? variance = null)
    {
        (this.of, this.x, this.gamma, this.beta) = (of, x, gamma, beta);
        var geometry = of.Geometry;
        (Mean, Variance) = (mean ?? Sets(i => of.Centered ? x[i] / geometry.Count : 0), variance ?? []);
        if (variance is null) Variance = Sets(i => (x[i] - Mean[SetOf(i)]) * (x[i] - Mean[SetOf(i)]) / geometry.Count);
        Y = [.. Enumerable.Range(0, x.Length).Select(i => of.Relu ? Math.Max(0, Affine(i)) : Affine(i))];
    }

    public double[] Mean { get; }

    public double[] Variance { get; }

    public double[] Y { get; }

    public double Rstd(int set) => 1 / Math.Sqrt(Variance[set] + of.Eps);

    /// <summary>dx, dγ, dβ, and what dγ and dβ are sums of, without signs.</summary>
    public (double[] Dx, double[] DGamma, double[] DBeta, double[] Size) Backward(double[] dy, double[] more, bool moves)
    {
        var count = of.Geometry.Count;
        double[] d = [.. dy.Select((value, i) => of.Relu && Affine(i) <= 0 ? 0 : value)];
        var g = Sets(i => gamma[ParameterOf(i)] * d[i] / count);
        var gx = Sets(i => gamma[ParameterOf(i)] * d[i] * Xhat(i) / count);
        double[] dx = [.. d.Select((value, i) => more[i] + Rstd(SetOf(i)) * (gamma[ParameterOf(i)] * value
            - (moves && of.Centered ? g[SetOf(i)] : 0) - (moves ? Xhat(i) * gx[SetOf(i)] : 0)))];
        var (dgamma, dbeta, size) = (new double[gamma.Length], new double[gamma.Length], new double[gamma.Length]);
        for (var i = 0; i < d.Length; i++)
        {
            dgamma[ParameterOf(i)] += d[i] * Xhat(i);
            dbeta[ParameterOf(i)] += d[i];
            size[ParameterOf(i)] += Math.Abs(d[i]) * (1 + Math.Abs(Xhat(i)));
        }
        return (dx, dgamma, dbeta, size);
    }

    private double Xhat(int i) => (x[i] - Mean[SetOf(i)]) * Rstd(SetOf(i));

    private double Affine(int i) => gamma[ParameterOf(i)] * Xhat(i) + beta[ParameterOf(i)];

    private int SetOf(int i)
    {
        var g = of.Geometry;
        return (int)(i / (g.Samples * g.Stride) * g.Groups + i / g.Length % g.Groups);
    }

    private int ParameterOf(int i)
    {
        var g = of.Geometry;
        return (int)(i / g.Run % (g.Groups * g.Channels));
    }

    private double[] Sets(Func<int, double> term)
    {
        var sums = new double[of.Geometry.Sets];
        for (var i = 0; i < x.Length; i++) sums[SetOf(i)] += term(i);
        return sums;
    }
}
