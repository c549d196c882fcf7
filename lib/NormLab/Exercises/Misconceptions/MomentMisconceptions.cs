namespace NormLab.Exercises;

/// <summary>Wrong about the mean or the variance itself.</summary>
internal static class MomentMisconceptions
{
    public static readonly Misconception NotCentred = new("mean not subtracted",
        "The values are divided by their spread and never centred. Batch norm subtracts the mean first; that is half of what it does to a layer with ReLU inputs, whose mean is large.",
        "01", "Forward: three lines of arithmetic");

    public static readonly Misconception RawSquare = new("mean square for variance",
        "The mean is subtracted, but the divisor is the root of E[x²], not of E[(x − μ)²]. The further a channel lies from zero, the smaller its output.",
        "01", "Forward: three lines of arithmetic");

    public static readonly Misconception Cancelled = new("E[x²] − E[x]²",
        "The variance is the difference of two large numbers, E[x²] − E[x]². Far from zero all digits of it cancel, and it may even be negative; take the mean of (x − μ)² instead.",
        "01", "Forward: three lines of arithmetic");

    public static readonly Misconception Centred = new("mean subtracted",
        "The mean is subtracted. RMSNorm does not centre: it divides by the root of the mean square and keeps the direction of x, which saves a pass and loses one direction fewer.",
        "07", "RMSNorm: the same without the mean");

    public static readonly Misconception SumForMean = new("sum for mean",
        "The sum of squares stands where their mean should: x is divided by its length ‖x‖, so that the entries shrink as 1/√D with the width.",
        "07", "RMSNorm: the same without the mean");

    public static readonly Misconception DeviationOnly = new("standard deviation for root mean square",
        "x is divided by its standard deviation. RMSNorm knows no mean: the divisor is the root of the mean of x², and the two agree only where the mean is zero.",
        "07", "RMSNorm: the same without the mean");

    public static readonly Misconception GhostsAveraged = new("statistics averaged over the ghosts",
        "Means and variances of the ghosts are averaged, and all samples get the average. Each ghost is normalized by its own statistics: their noise is the point.",
        "08", "Ghost batch norm, for what it is for");

    public static readonly Misconception GhostsIgnored = new("statistics of the whole batch",
        "All samples share statistics, so the size of the ghosts changes nothing. This is plain batch norm.",
        "08", "Ghost batch norm, for what it is for");
}
