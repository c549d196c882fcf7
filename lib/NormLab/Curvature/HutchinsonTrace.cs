using NormLab.Claims;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>The trace of an operator from products alone: E[vᵀA v] = tr A for random signs v.</summary>
/// <remarks>Hutchinson (1990). For symmetric A the variance of one probe is 2·Σ of the squared entries off the diagonal.</remarks>
public static class HutchinsonTrace
{
    /// <summary>Estimates the trace, with the standard error over the probes.</summary>
    /// <param name="product">v ↦ A v; vectors are (P).</param>
    /// <param name="like">A vector (P) of the type and on the device to use, such as the gradient.</param>
    /// <param name="probes">The number of random vectors, at least 2.</param>
    /// <param name="generator">The source of the probes, on the CPU.</param>
    public static Estimate Of(Func<Tensor, Tensor> product, Tensor like, int probes, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(like);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
        return Estimate.Of([.. Enumerable.Range(0, probes).Select(_ => One())]);

        double One()
        {
            using var scope = NewDisposeScope();
            var v = Probes.Signs(like, generator);
            return v.dot(product(v)).Numbers()[0];
        }
    }
}
