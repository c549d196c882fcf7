namespace NormLab.Exercises;

/// <summary>Wrong about which elements share a mean and a variance.</summary>
internal static class AxisMisconceptions
{
    private const string Family = "The one formula";

    public static readonly Misconception PerSample = new("statistics of each sample",
        "Every sample is normalized by statistics of its own, which is layer norm. Batch norm compares one feature across the samples of the batch; features of one sample have different units and no common mean.",
        "07", Family);

    public static readonly Misconception OneForAll = new("one mean for everything",
        "A single mean and a single variance are taken over all elements. Channels then keep their different centres and spreads, which is what was to be removed.",
        "07", Family);

    public static readonly Misconception PerPixel = new("statistics per pixel",
        "Mean and variance are taken over N alone, for every pixel its own. A convolution treats all positions alike, so all positions of a channel are samples of one thing: the axes are N, H and W.",
        "01", "Forward: three lines of arithmetic");

    public static readonly Misconception PerImage = new("statistics per image and channel",
        "Every channel of every image has statistics of its own, which is instance norm. It removes the contrast of each image.",
        "10", "The proof in two lines");

    public static readonly Misconception AcrossBatch = new("statistics across the batch",
        "The batch is among the axes, so that the output of one example depends on the others. Here every example stands alone, in training as at inference.",
        "07", Family);

    public static readonly Misconception AcrossTime = new("statistics across time",
        "The time axis is among the axes, so that a token is normalized with later ones, which a causal model must not see. Each token stands alone.",
        "07", "Two different things called layer norm");

    public static readonly Misconception OverPositions = new("statistics over positions in place of features",
        "The mean is taken along another axis than that of the features: for each feature over the tokens, where it should be for each token over its features.",
        "07", "Two different things called layer norm");

    public static readonly Misconception PerPosition = new("statistics of each position",
        "Statistics are taken over the channels of the group at one position. Group norm takes all positions of the group's channels together: (C/G)·H·W values for each set.",
        "07", "Two different things called layer norm");

    public static readonly Misconception WholeImage = new("one group",
        "All channels of an image share one set of statistics. That is group norm with G = 1, and each group should have its own.",
        "07", "The ends of group norm");

    public static readonly Misconception Interleaved = new("dealt out in turn",
        "Members are dealt out to the groups in turn (0, G, 2G, …). A group is a run of neighbours: reshape to (G, size), not to (size, G).",
        "07", "The ends of group norm");

    public static readonly Misconception SizeForNumber = new("size and number exchanged",
        "The argument is taken for the other one of the two: how many members a group has, and how many groups there are. Their product is the whole axis.",
        "07", "The ends of group norm");
}
