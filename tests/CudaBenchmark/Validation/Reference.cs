using CudaBenchmark.Cases;
using CudaBenchmark.Device;
using NormCore.Kernels;

namespace CudaBenchmark.Validation;

/// <summary>The same in float64 on the CPU, set by set, as the formulas are written.</summary>
internal sealed class Reference
{
    public Reference(NormRun run)
    {
        var g = run.Case.Geometry;
        (Y, Dx) = (new double[g.Elements], new double[g.Elements]);
        (Mean, Variance) = (new double[g.Sets], new double[g.Sets]);
        var (gammas, betas) = (new double[g.Sets * g.Channels], new double[g.Sets * g.Channels]);
        Parallel.For(0, (int)g.Sets, set => OfSet(run, set, gammas, betas));
        (DGamma, DBeta) = (new double[g.Parameters], new double[g.Parameters]);
        for (nint i = 0; i < gammas.Length; i++)
        {
            DGamma[i % g.Parameters] += gammas[i];
            DBeta[i % g.Parameters] += betas[i];
        }
    }

    public double[] Y { get; }

    public double[] Dx { get; }

    public double[] DGamma { get; }

    public double[] DBeta { get; }

    public double[] Mean { get; }

    /// <summary>Biased.</summary>
    public double[] Variance { get; }

    private void OfSet(NormRun run, int set, double[] gammas, double[] betas)
    {
        var (row, g) = (run.Case, run.Case.Geometry);
        var (outer, group) = (set / g.Groups, set % g.Groups);
        double X(nint i) => row.HasResidual ? Rounded(run.X.Values[i] + run.Residual.Values[i], row.Element) : run.X.Values[i];
        double Beta(nint parameter) => row.IsCentered ? run.Beta.Values[parameter] : 0;

        double m = g.Count, mean = 0, squares = 0;
        foreach (var (i, _) in Places(g, outer, group)) mean += X(i) / m;
        var centre = row.IsCentered ? mean : 0;
        foreach (var (i, _) in Places(g, outer, group)) squares += (X(i) - centre) * (X(i) - centre) / m;
        (Mean[set], Variance[set]) = (mean, squares);

        double rstd = 1 / Math.Sqrt(squares + NormRun.Eps), sum = 0, along = 0;
        double Dy(nint i, nint parameter) => row.HasRelu && Y[i] <= 0 ? 0 : run.Dy.Values[i];
        foreach (var (i, channel) in Places(g, outer, group))
        {
            var parameter = group * g.Channels + channel;
            var xhat = (X(i) - centre) * rstd;
            var y = run.Gamma.Values[parameter] * xhat + Beta(parameter);
            Y[i] = row.HasRelu ? Math.Max(0, y) : y;
            var dy = Dy(i, parameter);
            gammas[set * g.Channels + channel] += dy * xhat;
            betas[set * g.Channels + channel] += dy;
            sum += dy * run.Gamma.Values[parameter];
            along += dy * run.Gamma.Values[parameter] * xhat;
        }
        foreach (var (i, channel) in Places(g, outer, group))
        {
            var parameter = group * g.Channels + channel;
            Dx[i] = rstd * (Dy(i, parameter) * run.Gamma.Values[parameter] - (row.IsCentered ? sum / m : 0) - (X(i) - centre) * rstd * along / m);
        }
    }

    // Every element of a set with its channel.
    private static IEnumerable<(nint Index, nint Channel)> Places(Geometry g, nint outer, nint group)
    {
        for (nint sample = 0; sample < g.Samples; sample++)
            for (nint channel = 0, i = (outer * g.Samples + sample) * g.Stride + group * g.Length; channel < g.Channels; channel++)
                for (nint k = 0; k < g.Run; k++, i++)
                    yield return (i, channel);
    }

    private static float Rounded(float value, CudaElement element) => Elements.Rounded(value, element);
}
