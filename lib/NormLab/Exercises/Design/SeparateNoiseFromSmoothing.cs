using NormCore;
using static NormLab.Exercises.StudyMisconceptions;
using static TorchSharp.torch;

namespace NormLab.Exercises;

internal static class SeparateNoiseFromSmoothing
{
    private const int Batch = 64;

    private static readonly int[] Seeds = [1, 2, 3, 4, 5];
    private static readonly double[] Rates = [0.03, 0.1, 0.3];

    private static readonly StudyArm None = Arm("none", _ => nn.Identity());
    private static readonly StudyArm Group = Arm("group norm", channels => new GroupNorm(4, channels));
    private static readonly StudyArm Whole = Arm("batch norm", channels => new BatchNorm(channels));
    private static readonly StudyArm Ghost = Arm("ghost batch norm", channels => new GhostBatchNorm(channels, 8));
    private static readonly StudyArm[] Sound = [None, Group, Whole, Ghost];

    public static readonly Exercise<Func<Study>> Sheet = new()
    {
        Title = "Separate noise from smoothing",
        Statement = "Batch norm normalizes, and it makes the network noisy. Design an experiment that tells which of the two changes the training loss: arms, batch size, seeds, learning rates, and the statistic.",
        Difficulty = 3,
        Trains = "designing a comparison in which one thing differs",
        Hints =
        [
            "Write a table: for each arm, does it normalize, and how noisy is it? You need two rows that differ in one column alone, for each column.",
            "Ghost batch norm computes the same as batch norm with more noise, in the same batch. Group norm normalizes and has no noise of the batch, as the plain network.",
            "Four arms: none, group norm, batch norm, ghost batch norm of 8; one batch size; the same five seeds and the same three learning rates for all; the training loss.",
        ],
        Observe = (answer, trial) =>
        {
            var study = Trial.There("The study", answer());
            StudyChecks.Require(study);
            foreach (var (sentence, holds) in StudyChecks.Of(study))
                trial.Fact(sentence, holds);
        },
        Solution = () => Of(Sound),
        Suspects =
        [
            new(TwoThingsAtOnce, () => Of([None, Whole])),
            new(NoNoisePair, () => Of([None, Group, Whole])),
            new(NoQuietPair, () => Of([None, Whole, Ghost])),
            new(BatchSizeForNoise, () => Of([None, Group, Whole, Whole with { BatchSize = 8 }])),
            new(FewSeeds, () => Of([.. Sound.Select(arm => arm with { Seeds = [1, 2, 3] })])),
            new(Unpaired, () => Of([.. Sound.Select((arm, number) => arm with { Seeds = [.. Seeds.Select(seed => 10 * number + seed)] })])),
            new(OneRate, () => Of([.. Sound.Select(arm => arm with { Rates = [0.1] })])),
            new(UnequalRates, () => Of([.. Sound.Select((arm, number) => arm with { Rates = [.. Rates.Select(rate => rate * (1 + number))] })])),
            new(UnequalRates, () => Of([.. Sound.Select((arm, number) => arm with { Rates = number == 0 ? [0.1] : Rates })])),
            new(WrongStatistic, () => Of(Sound) with { Statistic = (_, test) => test }),
        ],
    };

    private static StudyArm Arm(string name, Func<int, nn.Module<Tensor, Tensor>> layer) => new(name, layer, Batch, Seeds, Rates);

    private static Study Of(StudyArm[] arms) => new(arms, (training, _) => training);
}
