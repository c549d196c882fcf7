using NormCore.Kernels;

namespace NormCore.Tests.Kernels;

/// <summary>Solves problems by the kernels.</summary>
internal static unsafe class FusedSolver
{
    public static Solution Solve(Problem of, int outputOffset = 0, bool hasParameters = true, bool wantsX = true, bool wantsParameters = true)
    {
        var kernels = FusedNorm.For(of.Type);
        using var x = new Memory(of.Type, of.X, of.Offset);
        using var dy = new Memory(of.Type, of.Dy, of.Offset + 1);
        using var y = new Memory(of.Type, of.X.Length, outputOffset);
        using var dx = new Memory(of.Type, of.X.Length, outputOffset);
        using var gamma = new Memory(of.ParameterType, of.Gamma, 1);
        using var beta = new Memory(of.ParameterType, of.Beta, 1);
        using var dgamma = new Memory(of.ParameterType, of.Gamma.Length);
        using var dbeta = new Memory(of.ParameterType, of.Beta.Length);
        var affine = hasParameters ? new Affine((nint)gamma.First, (nint)beta.First, of.ParameterType) : default;
        var gradient = wantsParameters ? new Affine((nint)dgamma.First, (nint)dbeta.First, of.ParameterType) : default;
        double[] mean = of.Given?.Mean ?? new double[of.Geometry.Sets], variance = of.Given?.Variance ?? new double[of.Geometry.Sets];
        fixed (double* mu = mean, var = variance)
            if (of.Given is null)
            {
                kernels.Forward(of.Geometry, x.First, y.First, affine, of.Eps, of.Centered, mu, var);
                kernels.Backward(of.Geometry, dy.First, x.First, wantsX ? dx.First : null, affine, gradient, of.Eps, of.Centered, mu, var);
            }
            else
            {
                kernels.Apply(of.Geometry, x.First, y.First, affine, of.Eps, mu, var);
                kernels.BackwardApply(of.Geometry, dy.First, x.First, wantsX ? dx.First : null, affine, gradient, of.Eps, mu, var);
            }
        return new Solution(mean, variance, y.Values(), dx.Values(), dgamma.Values(), dbeta.Values());
    }

    public static (double[] Mean, double[] Variance) Statistics(Problem of)
    {
        using var x = new Memory(of.Type, of.X, of.Offset);
        double[] mean = new double[of.Geometry.Sets], variance = new double[of.Geometry.Sets];
        fixed (double* mu = mean, var = variance)
            FusedNorm.For(of.Type).Statistics(of.Geometry, x.First, of.Centered, mu, var);
        return (mean, variance);
    }
}
