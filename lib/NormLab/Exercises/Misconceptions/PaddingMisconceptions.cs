namespace NormLab.Exercises;

/// <summary>Wrong about positions that are not there.</summary>
internal static class PaddingMisconceptions
{
    private const string Padding = "Padding";

    public static readonly Misconception Counted = new("padding counted",
        "What stands in the padding enters the mean and the variance. The output of a sequence then depends on how long the longest one of its batch is.", "09", Padding);

    public static readonly Misconception ZerosCounted = new("zeros of the padding counted",
        "The padding is set to zero, but the sums are still divided by N·T. The divisor is the number of values that are there, Σ mask.", "09", Padding);

    public static readonly Misconception DeviationsOfPadding = new("padding in the variance",
        "The mean is right, but the zeros of the padding enter the variance as deviations −μ. Mask the deviations, not only the values.", "09", Padding);

    public static readonly Misconception NotZeroed = new("output in the padding",
        "The padded positions of the output are not zero. What stands there is noise that the next layer takes for data.", "09", Padding);

    public static readonly Misconception PerSequence = new("statistics of each sequence",
        "Every sequence has its own mean and variance. Batch norm takes one for all values of a channel that are there, in all sequences together.", "09", Padding);

    public static readonly Misconception PerStep = new("statistics of each step",
        "Every step has statistics of its own. The last steps then rest on one or two sequences, and a sequence that is longer than all others has none.", "09", "Statistics over time");
}
