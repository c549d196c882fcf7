using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>The largest eigenvalues of a Hessian and how much of the gradient lies in their eigenspace.</summary>
/// <remarks>
/// Ghorbani, Krishnan and Xiao (2019), arXiv:1901.10159v1, section 4: ‖V Vᵀg‖²/‖g‖². Largest is by sign, not by size.
/// </remarks>
/// <param name="Eigenvalues">The largest, in descending order.</param>
/// <param name="Residuals">An eigenvalue is no farther than this from each, in the same unit.</param>
/// <param name="GradientEnergy">The share of ‖∇L‖² in the space of these eigenvectors, 0 to 1.</param>
public sealed record TopCurvature(ImmutableArray<double> Eigenvalues, ImmutableArray<double> Residuals, double GradientEnergy)
{
    /// <summary>λ₁.</summary>
    public double Largest => Eigenvalues[0];

    /// <summary>By Lanczos from a random start.</summary>
    /// <param name="hessian">The operator.</param>
    /// <param name="count">How many eigenvalues.</param>
    /// <param name="steps">Lanczos steps; three to five times the count settles the extreme eigenvalues, and the residuals say how well.</param>
    /// <param name="generator">The source of the start, on the CPU.</param>
    public static TopCurvature Of(LossHessian hessian, int count, int steps, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        return Of(hessian.Times, hessian.Gradient, count, steps, generator);
    }

    /// <summary>In other coordinates w = D v: of D H D and the gradient D∇L.</summary>
    /// <param name="hessian">The operator.</param>
    /// <param name="scale">The diagonal of D, (P), for example <see cref="FilterScale"/>.</param>
    /// <param name="count">How many eigenvalues.</param>
    /// <param name="steps">Lanczos steps.</param>
    /// <param name="generator">The source of the start, on the CPU.</param>
    public static TopCurvature Of(LossHessian hessian, Tensor scale, int count, int steps, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(scale);
        using var gradient = scale * hessian.Gradient;
        return Of(v => scale * hessian.Times(scale * v), gradient, count, steps, generator);
    }

    /// <summary>Of any symmetric operator and any vector.</summary>
    /// <param name="product">v ↦ A v; vectors are (P).</param>
    /// <param name="gradient">The vector whose share is taken, (P).</param>
    /// <param name="count">How many eigenvalues.</param>
    /// <param name="steps">Lanczos steps.</param>
    /// <param name="generator">The source of the start, on the CPU.</param>
    public static TopCurvature Of(Func<Tensor, Tensor> product, Tensor gradient, int count, int steps, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        using var scope = NewDisposeScope();
        using var lanczos = Lanczos.Of(product, Probes.Signs(gradient, generator), steps);
        var within = lanczos.TopVectors(count).mv(gradient);
        var energy = within.square().sum() / gradient.square().sum();
        return new([.. lanczos.RitzValues.Reverse().Take(count)], [.. lanczos.Residuals.Reverse().Take(count)], energy.Numbers()[0]);
    }
}
