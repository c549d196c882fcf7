using NormCore;
using NormLab.Exercises;
using NormLab.Noise;
using static TorchSharp.torch;

namespace NormLab.Tests.Exercises;

public class DesignTests
{
    private static readonly int[] Five = [7, 8, 9, 10, 11];
    private static readonly double[] Three = [0.01, 0.1, 1];

    private static readonly StudyArm None = Arm("none", _ => nn.Identity());
    private static readonly StudyArm Layer = Arm("layer norm", channels => new LayerNorm(channels));
    private static readonly StudyArm Whole = Arm("batch norm", channels => new BatchNorm(channels));
    private static readonly StudyArm Ghost = Arm("ghosts of 16", channels => new GhostBatchNorm(channels, 16));

    private static StudyArm Arm(string name, Func<int, nn.Module<Tensor, Tensor>> layer) => new(name, layer, 64, Five, Three);

    private static Func<Study> Of(params StudyArm[] arms) => () => new(arms, (training, _) => Math.Log(training));

    private static Func<Study> Each(Func<StudyArm, int, StudyArm> change) => Of([.. new[] { None, Layer, Whole, Ghost }.Select(change)]);

    [Fact]
    public void Designs_in_which_one_thing_differs_are_sound() => Diagnosed.Correct(Exercise.SeparateNoiseFromSmoothing,
        Of(None, Layer, Whole, Ghost),
        Of(Ghost, Arm("instance", channels => new GroupNorm(2, channels)), Whole, Arm("two", channels => nn.Identity())),
        // The plain network made as noisy as batch norm of 64: the relative noise of dropout is √(p/(1−p)).
        Of(Whole, Ghost, Arm("plain with noise", _ => new Dropping(0.02, new Generator(1)))));

    [Fact]
    public void A_design_in_which_two_things_differ_is_told() => Diagnosed.As(Exercise.SeparateNoiseFromSmoothing,
        ("two things at once", Of(None, Whole)),
        ("two things at once", Of(None, Ghost)),
        ("no arm that changes the noise alone", Of(None, Layer, Whole)),
        ("no arm that changes the noise alone", Of(None, Layer)),
        ("no arm that normalizes alone", Of(Ghost, Whole)),
        ("no arm that normalizes alone", Of(None, Whole, Ghost)),
        ("batch size for noise", Of(None, Layer, Whole, Whole with { BatchSize = 16 })),
        ("too few seeds", Each((arm, _) => arm with { Seeds = [1, 2, 3, 3, 3] })),
        ("unpaired seeds", Each((arm, number) => arm with { Seeds = [.. Enumerable.Range(5 * number, 5)] })),
        ("one learning rate", Each((arm, _) => arm with { Rates = [0.1] })),
        ("unequal tuning", Each((arm, number) => arm with { Rates = number == 2 ? [0.1, 0.3, 1] : Three })),
        ("test loss for training loss", () => Of(None, Layer, Whole, Ghost)() with { Statistic = (training, test) => test - training }),
        ("two things at once + too few seeds", Of(None with { Seeds = [1] }, Whole with { Seeds = [1] })));

    [Fact]
    public void A_design_that_is_none_is_refused()
    {
        foreach (var (said, design) in new (string, Func<Study>)[]
        {
            ("null", () => null!), ("fewer than two arms", Of(None)), ("statistic is null", () => new([None, Whole], null!)),
            ("'none' needs seeds", Of(None with { Seeds = [] }, Whole)), ("layer of the arm 'batch norm' is null", Of(None, Whole with { Layer = _ => null! })),
        })
        {
            Assert.Contains(said, Exercise.SeparateNoiseFromSmoothing.Check(design).Findings[0].Text);
        }
    }
}
