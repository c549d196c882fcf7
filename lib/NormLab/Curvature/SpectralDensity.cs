using System.Collections.Immutable;
using NormLab.Claims;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>The eigenvalue density of a symmetric operator by stochastic Lanczos quadrature: per random probe the nodes and weights of a Gauss rule.</summary>
/// <remarks>
/// Golub and Welsch (1969) for the rule; Ghorbani, Krishnan and Xiao (2019), arXiv:1901.10159v1, Algorithm 1 and 2, for the Hessians of networks.
/// Probes are vectors of random signs, where that paper draws Gaussian ones: both have the right mean, and signs have exactly the length 1 that the weights suppose.
/// </remarks>
/// <param name="Rules">For each probe the nodes with their weights, which sum to one.</param>
public sealed record SpectralDensity(ImmutableArray<ImmutableArray<(double Node, double Weight)>> Rules)
{
    /// <summary>Runs Lanczos from random starts.</summary>
    /// <param name="product">v ↦ A v; vectors are (P).</param>
    /// <param name="like">A vector (P) of the type and on the device to use, such as the gradient.</param>
    /// <param name="probes">The number of random starts.</param>
    /// <param name="steps">Lanczos steps per start: moments up to 2·steps − 1 are exact for each.</param>
    /// <param name="generator">The source of the starts, on the CPU.</param>
    public static SpectralDensity Of(Func<Tensor, Tensor> product, Tensor like, int probes, int steps, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        return new([.. Enumerable.Range(0, probes).Select(_ => Rule())]);

        ImmutableArray<(double, double)> Rule()
        {
            using var scope = NewDisposeScope();
            using var lanczos = Lanczos.Of(product, Probes.Signs(like, generator), steps);
            return [.. lanczos.RitzValues.Zip(lanczos.Weights)];
        }
    }

    /// <summary>The mean of a function over the eigenvalues, tr f(A)/P, with its standard error over the probes.</summary>
    public Estimate Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Estimate.Of([.. Rules.Select(rule => rule.Sum(node => node.Weight * function(node.Node)))]);
    }

    /// <summary>The density at given values, every node widened to a Gaussian; its integral is one.</summary>
    /// <param name="at">Where.</param>
    /// <param name="width">The standard deviation of the Gaussians, in the unit of the eigenvalues.</param>
    public double[] Density(IReadOnlyCollection<double> at, double width)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return [.. at.Select(value => Mean(node => Kernel((value - node) / width) / width).Value)];
    }

    private static double Kernel(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
