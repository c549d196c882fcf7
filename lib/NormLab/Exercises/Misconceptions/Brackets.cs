using System.Collections.Immutable;
using static NormLab.Exercises.BackwardMisconceptions;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>What stands in the bracket of dx = rstd·(…).</summary>
/// <param name="dxhat">∂L/∂x̂.</param>
/// <param name="xhat">x̂.</param>
/// <param name="axes">The axes that share statistics.</param>
internal delegate Tensor Bracket(Tensor dxhat, Tensor xhat, long[] axes);

/// <summary>dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂), and the wrong ones. Both backward exercises have these suspects.</summary>
internal static class Brackets
{
    public static readonly Bracket Right = (dxhat, xhat, axes) => dxhat - Mean(dxhat, axes) - xhat * Mean(dxhat * xhat, axes);

    private static readonly ImmutableArray<(Misconception Misconception, Bracket Bracket)> Wrong =
    [
        (MeanPathForgotten, (dxhat, xhat, axes) => dxhat - xhat * Mean(dxhat * xhat, axes)),
        (VariancePathForgotten, (dxhat, _, axes) => dxhat - Mean(dxhat, axes)),
        (StatisticsConstant, (dxhat, _, _) => dxhat),
        (SumsForMeans, (dxhat, xhat, axes) => Scaled(dxhat, xhat, axes, Recipe.Count(xhat, axes))),
        (UnbiasedMeans, (dxhat, xhat, axes) => Scaled(dxhat, xhat, axes, Recipe.Count(xhat, axes) / (Recipe.Count(xhat, axes) - 1))),
    ];

    /// <summary>One suspect per wrong bracket.</summary>
    /// <param name="answer">The otherwise right answer with it.</param>
    public static IEnumerable<Suspect<TAnswer>> Suspects<TAnswer>(Func<Bracket, TAnswer> answer) =>
        Wrong.Select(wrong => new Suspect<TAnswer>(wrong.Misconception, answer(wrong.Bracket)));

    private static Tensor Scaled(Tensor dxhat, Tensor xhat, long[] axes, double factor) =>
        dxhat - factor * (Mean(dxhat, axes) + xhat * Mean(dxhat * xhat, axes));

    private static Tensor Mean(Tensor value, long[] axes) => value.mean(axes, keepdim: true);
}
