namespace NormLab.Exercises;

/// <summary>Wrong about the statistics of two sets together.</summary>
internal static class MergeMisconceptions
{
    private const string Several = "Two batch sizes that are easily confused";

    public static readonly Misconception SpreadForgotten = new("spread of the means forgotten",
        "The variance is the weighted mean of the two variances. That is the variance within the workers; two workers whose means differ have, together, the variance between them in addition.",
        "08", Several);

    public static readonly Misconception CountsIgnored = new("unequal counts ignored",
        "Both workers count alike, whatever number of samples they hold. The last batch of an epoch is seldom full: weigh by the counts.",
        "08", Several);

    public static readonly Misconception PlainAverages = new("plain averages",
        "Means and variances are averaged, as a data-parallel loop does with gradients. It ignores the counts, and the variance between the workers' means is missing.",
        "08", Several);

    public static readonly Misconception SpreadOverCount = new("spread of the means divided once",
        "The term δ²·n_a·n_b/n belongs to the sum of squared deviations M₂. In the variance it is divided by n once more: δ²·n_a·n_b/n².",
        "08", Several);

    public static readonly Misconception Pooled = new("pooled estimate",
        "The divisor is n − 1 or n − 2. These are the moments of values at hand, biased like those of any batch, with divisor n.",
        "01", "Why one variance is biased and the other is not");

    public static readonly Misconception DeviationsAveraged = new("standard deviations averaged",
        "The standard deviations are averaged and squared. Only sums of squares add up.",
        "08", Several);

    public static readonly Misconception IntegerDivision = new("integer division",
        "The counts are whole numbers, and 9 / 12 is 0 in C#. Make one of them a double first: `double n = a.Count + b.Count`.",
        "08", Several);

    public static readonly Misconception CountNotSummed = new("count not summed",
        "The moments are right, but their count is not n_a + n_b. A third worker that is merged next is then weighed wrongly.",
        "08", Several);
}
