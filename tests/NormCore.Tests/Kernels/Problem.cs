using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>One normalization to compute: numbers as their types keep them.</summary>
internal sealed record Problem(Geometry Geometry, ScalarType Type, ScalarType ParameterType, double[] X, double[] Dy, double[] Gamma, double[] Beta)
{
    public double Eps { get; init; } = 1e-5;

    public bool Centered { get; init; } = true;

    /// <summary>Elements between a cache line and the first of x, and others for y, dy and dx.</summary>
    public int Offset { get; init; }

    /// <summary>Statistics from elsewhere; null for those of x.</summary>
    public (double[] Mean, double[] Variance)? Given { get; init; }

    /// <summary>Normal numbers throughout, x around a mean.</summary>
    public static Problem Random(Geometry geometry, ScalarType type, int seed, double mean = 0.5, double deviation = 2, ScalarType? parameterType = null)
    {
        var random = new Random(seed);
        var parameters = parameterType ?? type;
        double[] Normal(nint n, ScalarType t, double mu, double sigma)
        {
            // A prime number of them, over and over, looks different to every run, row and column.
            double[] some = [.. Enumerable.Range(0, (int)Math.Min(n, 5003)).Select(_ => mu + sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            some = Memory.Rounded(t, some);
            return [.. Enumerable.Range(0, (int)n).Select(i => some[i % some.Length])];
        }
        return new Problem(
            geometry, type, parameters, Normal(geometry.Elements, type, mean, deviation), Normal(geometry.Elements, type, 0.3, 1),
            Normal(geometry.Parameters, parameters, 1, 0.5), Normal(geometry.Parameters, parameters, 0.2, 1));
    }

    /// <summary>The set and the parameter of each element.</summary>
    public IEnumerable<(int Set, int Parameter)> Places()
    {
        var g = Geometry;
        for (nint outer = 0; outer < g.Outer; outer++)
            for (nint sample = 0; sample < g.Samples; sample++)
                for (nint parameter = 0; parameter < g.Parameters; parameter++)
                    for (nint i = 0; i < g.Run; i++)
                        yield return ((int)(outer * g.Groups + parameter / g.Channels), (int)parameter);
    }
}

/// <summary>All results of forward and backward.</summary>
internal sealed record Solution(double[] Mean, double[] Variance, double[] Y, double[] Dx, double[] Dgamma, double[] Dbeta);
