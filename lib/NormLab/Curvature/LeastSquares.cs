using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>Least squares without noise: y = ⟨u, x⟩ and E[x] = 0, in the coordinates in which H = E[x xᵀ] is diagonal.</summary>
/// <param name="Eigenvalues">The diagonal h of H, all positive.</param>
/// <param name="Solution">u, as long.</param>
public sealed record LeastSquares(ImmutableArray<double> Eigenvalues, ImmutableArray<double> Solution)
{
    /// <summary>Eigenvalues evenly spaced on a logarithmic scale from 1 down to 1/κ, and u standard normal.</summary>
    /// <param name="size">The number of coordinates.</param>
    /// <param name="condition">κ.</param>
    /// <param name="generator">The source of u, on the CPU.</param>
    public static LeastSquares LogUniform(int size, double condition, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        using var u = randn(size, dtype: ScalarType.Float64, generator: generator);
        return new([.. Enumerable.Range(0, size).Select(i => Math.Pow(condition, -i / (size - 1.0)))], [.. u.Numbers()]);
    }

    /// <summary>Gradient descent on ½E(y − ⟨w, x⟩)²: w ← w + η(Hu − Hw).</summary>
    /// <param name="start">w at step 0.</param>
    /// <param name="rate">η.</param>
    /// <param name="steps">The number of steps.</param>
    public DescentPath GradientDescent(IReadOnlyList<double> start, double rate, int steps)
    {
        double[] w = [.. start];
        return DescentPath.Of(steps, () => (Excess(w, 1), Norm(w)), () =>
        {
            for (var i = 0; i < w.Length; i++)
                w[i] += rate * Eigenvalues[i] * (Solution[i] - w[i]);
        });
    }

    /// <summary>
    /// Gradient descent on ½E(y − a⟨w, x⟩/σ)² with σ² = wᵀHw, a batch norm on all data at once, in a and w at the same time:
    /// a ← a + η_a(wᵀc/σ − a) and w ← w + η(a/σ)(c − (wᵀc/σ²)Hw), where c = Hu.
    /// </summary>
    /// <remarks>Cai, Li and Shen (2019), arXiv:1810.00122v2, section 3, there with batch norm without β.</remarks>
    /// <param name="start">w at step 0, not zero; a starts at wᵀc/σ, the best for it.</param>
    /// <param name="rate">η.</param>
    /// <param name="gainRate">η_a, in (0, 1].</param>
    /// <param name="steps">The number of steps.</param>
    public DescentPath BatchNormDescent(IReadOnlyList<double> start, double rate, double gainRate, int steps)
    {
        double[] w = [.. start];
        var (along, sigma) = Statistics(w);
        var gain = along / sigma;
        return DescentPath.Of(steps, () => (Excess(w, gain / Statistics(w).Sigma), Norm(w)), () =>
        {
            var (wc, s) = Statistics(w);
            for (var i = 0; i < w.Length; i++)
                w[i] += rate * gain / s * Eigenvalues[i] * (Solution[i] - wc / (s * s) * w[i]);
            gain += gainRate * (wc / s - gain);
        });
    }

    /// <summary>H* = H − Huuᵀ H/(uᵀHu): what is left of H for the direction of w, (D, D); H*u = 0.</summary>
    public Tensor EffectiveHessian()
    {
        using var scope = NewDisposeScope();
        var (h, u) = (tensor(Eigenvalues.ToArray()), tensor(Solution.ToArray()));
        var c = h * u;
        return (diag(h) - outer(c, c) / c.dot(u)).MoveToOuterDisposeScope();
    }

    private (double Along, double Sigma) Statistics(double[] w)
    {
        var (along, square) = (0.0, 0.0);
        for (var i = 0; i < w.Length; i++)
            (along, square) = (along + w[i] * Eigenvalues[i] * Solution[i], square + w[i] * Eigenvalues[i] * w[i]);
        return (along, Math.Sqrt(square));
    }

    private double Excess(double[] w, double scale)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++)
            sum += Eigenvalues[i] * (scale * w[i] - Solution[i]) * (scale * w[i] - Solution[i]) / 2;
        return sum;
    }

    private static double Norm(double[] w) => Math.Sqrt(w.Sum(value => value * value));
}
