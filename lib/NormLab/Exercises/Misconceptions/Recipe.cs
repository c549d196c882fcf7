using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>The one operation that solutions and wrong answers share: x̂ over a set of axes, with the divisor left open.</summary>
internal static class Recipe
{
    /// <summary>(x − μ) divided by what the divisor makes of σ², with μ and σ² over some axes.</summary>
    public static Tensor Normalize(Tensor x, long[] axes, double eps, Divisor? divisor = null)
    {
        var centred = x - x.mean(axes, keepdim: true);
        return centred / (divisor ?? Divisors.Right)(centred.square().mean(axes, keepdim: true), Count(x, axes), eps);
    }

    /// <summary>1/√(σ² + ε) over some axes.</summary>
    public static Tensor Rstd(Tensor x, long[] axes, double eps) =>
        ((x - x.mean(axes, keepdim: true)).square().mean(axes, keepdim: true) + eps).rsqrt();

    /// <summary>m, how many elements share statistics.</summary>
    public static double Count(Tensor x, long[] axes) => axes.Aggregate(1L, (m, axis) => m * x.shape[axis]);

    /// <summary>(C) as (C, 1, …), so that it lines up with axis 1 of x.</summary>
    public static Tensor PerChannel(Tensor value, Tensor x) => value.reshape([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)]);
}
