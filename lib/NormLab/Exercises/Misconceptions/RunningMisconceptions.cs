namespace NormLab.Exercises;

/// <summary>Wrong about running statistics, and about which statistics belong to which mode.</summary>
internal static class RunningMisconceptions
{
    private const string Modes = "Two modes, two functions";
    private const string Bessel = "Why one variance is biased and the other is not";
    private const string Statistics = "The argument that survives: statistics belong into the gradient";

    public static readonly Misconception MomentumReversed = new("momentum the wrong way round",
        "The new batch got the weight 1 − momentum. In PyTorch, and here, momentum is the weight of the NEW batch; in Keras it is that of the old value, and 0.99 there is 0.01 here.",
        "11", "Trap 6: `momentum` means two opposite things");

    public static readonly Misconception BiasedStored = new("biased variance stored",
        "The running variance takes in the variance with divisor m. At inference it stands for the population's, which the batch underestimates by (m − 1)/m on average, so the unbiased one is stored.",
        "01", Bessel);

    public static readonly Misconception DeviationStored = new("standard deviation stored",
        "The running variance takes in a standard deviation. Variances are averaged, since the mean of roots is not the root of the mean, and a loaded state expects a variance.",
        "01", Modes);

    public static readonly Misconception NotAveraged = new("no average",
        "The running statistics are those of the last batch. One batch is too noisy for inference; its share in the average is `momentum`.",
        "01", "Lag");

    public static readonly Misconception AroundRunningMean = new("variance around the running mean",
        "The deviations are taken from the running mean, not from the batch's. The result then contains how far the running mean lags behind.",
        "01", "Lag");

    public static readonly Misconception NotDetached = new("running statistics not detached",
        "The new averages carry the history of x. Every step then keeps the graph of all steps before it alive: memory grows until it ends, or backward() fails the second time.",
        "11", "Trap 4: forgot `train()`");

    public static readonly Misconception RunningInTraining = new("running statistics used in training",
        "In training the output is made of the running statistics. Those are constants of the gradient: the layer no longer holds its output in place, and weights before it run away.",
        "02", Statistics);

    public static readonly Misconception BatchInEvaluation = new("batch statistics used in evaluation",
        "In evaluation the output is made of the statistics of the batch at hand. The answer for one sample then depends on its company, and there is none for a single one.",
        "11", "Trap 1: forgot `eval()`");

    public static readonly Misconception ModesExchanged = new("modes exchanged",
        "Training uses the running statistics and evaluation those of the batch. It is the other way round.",
        "01", Modes);

    public static readonly Misconception StatisticsDetached = new("statistics detached in training",
        "The output is right and its gradient is not: mean and variance are treated as constants. They are functions of x, and only with their gradient the update knows that shifting or stretching x changes nothing.",
        "11", "In training: statistics outside the gradient");

    public static readonly Misconception GradientCut = new("output cut from the gradient",
        "The output in training has no gradient at all, so the layers before it learn nothing. Only the running averages are detached.",
        "02", Statistics);

    public static readonly Misconception DeviationRead = new("running variance read as a standard deviation",
        "In evaluation x is divided by the running variance. What is stored is a variance; the divisor is √(running variance + ε).",
        "01", Modes);
}
