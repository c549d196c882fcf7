using System.Collections.Immutable;
using static NormLab.Exercises.DivisorMisconceptions;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>What deviations from the mean are divided by.</summary>
internal delegate Tensor Divisor(Tensor variance, double count, double eps);

/// <summary>√(σ² + ε), and the wrong ones. Every exercise that divides by a spread has these suspects.</summary>
internal static class Divisors
{
    public static readonly Divisor Right = (variance, _, eps) => (variance + eps).sqrt();

    private static readonly ImmutableArray<(Misconception[] Misconceptions, Divisor Divisor)> Wrong =
    [
        ([Unbiased], (variance, count, eps) => (variance * (count / (count - 1)) + eps).sqrt()),
        ([EpsOutside], (variance, _, eps) => variance.sqrt() + eps),
        ([EpsForgotten], (variance, _, _) => variance.sqrt()),
        ([EpsOfItsOwn], (variance, _, _) => (variance + 1e-5).sqrt()),
        // What `x.std() + eps` gives: the standard deviation of most libraries is unbiased.
        ([Unbiased, EpsOutside], (variance, count, eps) => (variance * (count / (count - 1))).sqrt() + eps),
        ([Unbiased, EpsForgotten], (variance, count, _) => (variance * (count / (count - 1))).sqrt()),
        ([Unbiased, EpsOfItsOwn], (variance, count, _) => (variance * (count / (count - 1)) + 1e-5).sqrt()),
        ([NotRooted], (variance, _, eps) => variance + eps),
    ];

    /// <summary>One suspect per wrong divisor.</summary>
    /// <param name="answer">The otherwise right answer that divides by it.</param>
    public static IEnumerable<Suspect<TAnswer>> Suspects<TAnswer>(Func<Divisor, TAnswer> answer) =>
        Wrong.Select(wrong => new Suspect<TAnswer>([.. wrong.Misconceptions], answer(wrong.Divisor)));
}
