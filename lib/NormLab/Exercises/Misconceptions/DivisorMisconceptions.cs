namespace NormLab.Exercises;

/// <summary>Wrong about what the deviations are divided by.</summary>
internal static class DivisorMisconceptions
{
    public static readonly Misconception Unbiased = new("unbiased variance",
        "The variance is divided by m − 1. A layer normalizes by the variance of the very values it has, divisor m, so that x̂ has mean square one; m − 1 estimates the population's, which only the running variance is for.",
        "01", "Why one variance is biased and the other is not");

    public static readonly Misconception EpsOutside = new("ε outside the root",
        "The divisor is √σ² + ε and should be √(σ² + ε). They differ by little for a large variance and by much for a small one, and the gradient of √σ² is infinite where a channel is constant, which ε inside the root prevents.",
        "01", "Forward: three lines of arithmetic");

    public static readonly Misconception EpsForgotten = new("ε forgotten",
        "The divisor is √σ², without ε. Where a channel is constant that is 0/0, and one dead channel makes the whole network NaN.",
        "01", "Edge cases: m = 1 and m = 2");

    public static readonly Misconception EpsOfItsOwn = new("ε of its own",
        "The answer adds 1e-5 and does not use the `eps` that it is given. Ported weights are right only with the ε that they were trained with.",
        "01", "Edge cases: m = 1 and m = 2");

    public static readonly Misconception NotRooted = new("variance for standard deviation",
        "The divisor is σ² + ε, without the root. Then x̂ has not spread one but one over σ: the unit of x is squared, and twice as large an input gives half as large an output.",
        "01", "Forward: three lines of arithmetic");
}
