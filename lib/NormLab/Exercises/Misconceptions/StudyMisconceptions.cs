namespace NormLab.Exercises;

/// <summary>Wrong about an experiment that is to separate two causes.</summary>
internal static class StudyMisconceptions
{
    private const string Dose = "Does the noise regularize?";
    private const string Apart = "Part three: batch norm, taken apart";

    public static readonly Misconception TwoThingsAtOnce = new("two things at once",
        "Between arms that differ, both the normalization and the noise differ, so no difference can be attributed. Batch norm against nothing shows that it helps, not why.", "06", Apart);

    public static readonly Misconception NoNoisePair = new("no arm that changes the noise alone",
        "No two arms compute the same normalization with different noise. Take batch norm and ghost batch norm in the same batch: statistics of fewer samples are noisier, all else is equal.", "05", Dose);

    public static readonly Misconception NoQuietPair = new("no arm that normalizes alone",
        "No arm with a norm is as noisy as one without. Compare a norm without batch noise (group norm, layer norm) with none, or give the plain network noise of equal strength.", "06", Apart);

    public static readonly Misconception BatchSizeForNoise = new("batch size for noise",
        "The noise is changed by the training batch. That changes the noise of the gradient and the number of steps as well; change the number of samples that share statistics, not the batch.", "08", "Two batch sizes that are easily confused");

    public static readonly Misconception FewSeeds = new("too few seeds",
        "Fewer than five seeds: the interval is wider than the effects, and a single lucky start decides.", "06", Apart);

    public static readonly Misconception Unpaired = new("unpaired seeds",
        "The arms run on different seeds. With equal seeds, start and order of the data cancel in the difference, which makes the interval several times narrower for the same work.", "06", Apart);

    public static readonly Misconception OneRate = new("one learning rate",
        "All arms run at too few learning rates. Arms have different best rates, so one rate compares how well it happens to fit; take the best of a grid of at least three.", "03", "The learning-rate budget");

    public static readonly Misconception UnequalRates = new("unequal tuning",
        "The arms try different learning rates. The one that may try more, or better ones, wins for that reason.", "03", "The learning-rate budget");

    public static readonly Misconception WrongStatistic = new("test loss for training loss",
        "The statistic contains the test loss. Smoothing is a claim about how fast the training loss falls, and noise may raise that and lower the test loss: decide by the training loss, and report the other beside it.", "05", Dose);
}
