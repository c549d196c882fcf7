using NormLab.Data;
using NormLab.Invariance;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Invariance;

public class TwinAndRotationTests
{
    private static readonly ImageSet Images = TestNetworks.Images(256);
    private static readonly TrainingOptions Decaying = new() { LearningRate = 0.1, WeightDecay = 0.05, BatchSize = 64, Epochs = 10, MaxSteps = 40 };

    private static bool IsWeight(string name) => name.EndsWith("weight");

    [Fact]
    public void The_twin_without_decay_has_the_same_losses_and_longer_weights()
    {
        var (first, second) = (TestNetworks.Invariant(1), TestNetworks.Invariant(1));
        var decayed = Trainer.Train(first, Images, Images, Decaying, cancellation: TestContext.Current.CancellationToken);
        var grown = Trainer.Train(second, Images, Images, ExponentialTwin.Of(Decaying), cancellation: TestContext.Current.CancellationToken);

        // Rounding of float64 through forty steps at most doubles a few times; a missing factor (1 − ηλ) would change a loss by more than 1e-4.
        Assert.Equal(decayed.Losses, grown.Losses, (a, b) => Math.Abs(a - b) < 1e-11);
        var ratio = Length(second) / Length(first);
        Assert.Equal(1, ratio / ExponentialTwin.LengthRatio(Decaying, 40), 1e-10);

        static double Length(nn.Module network) => network.named_parameters().First(pair => IsWeight(pair.name)).parameter.norm().item<double>();
    }

    [Fact]
    public void There_is_no_twin_with_momentum_or_a_schedule()
    {
        Assert.Throws<ArgumentException>(() => ExponentialTwin.Of(Decaying with { Momentum = 0.9 }));
        Assert.Throws<ArgumentException>(() => ExponentialTwin.Of(Decaying with { RateFactor = 0.99 }));
        Assert.Throws<ArgumentException>(() => ExponentialTwin.Of(Decaying with { WeightDecay = 10 }));
    }

    [Theory]
    [InlineData(0.1, 0.01)]
    [InlineData(1, 0.2)]
    public void At_the_equilibrium_length_one_step_keeps_it_and_turns_by_the_angle(double rate, double decay)
    {
        // One step in the plane of w and g, with ‖g̃‖² = 3: g = g̃/‖w‖ is orthogonal to w.
        var length = Equilibrium.Length(rate, decay, 3);
        var w = tensor([length, 0.0]);
        var stepped = (1 - rate * decay) * w - rate * tensor([0, Math.Sqrt(3) / length]);
        Assert.Equal(length, stepped.norm().item<double>(), 1e-12);
        Assert.Equal(Equilibrium.Angle(rate, decay), Rotation.Angle(w, stepped), 1e-12);
    }

    [Fact]
    public void Small_angles_are_exact_and_lengths_do_not_matter()
    {
        Assert.Equal(1e-9, Rotation.Angle(tensor([1.0, 0]), 5 * tensor([1, 1e-9])), 1e-20);
        Assert.Equal(Math.PI / 2, Rotation.Angle(tensor([1.0, 0]), tensor([0, -3.0])), 1e-15);
    }

    [Fact]
    public void The_observer_records_the_turn_of_an_orthogonal_step()
    {
        // Without decay the step −ηg is orthogonal to w, so tan θ = η‖g‖/‖w‖ and ‖w′‖² = ‖w‖² + η²‖g‖².
        var options = Decaying with { WeightDecay = 0, MaxSteps = 3 };
        var run = Trainer.Train(TestNetworks.Invariant(2), Images, Images, options, observers: [Rotation.Observer(IsWeight, _ => true)], cancellation: TestContext.Current.CancellationToken);
        var (angles, lengths) = (run.Recorded["angle of body.linear1.weight"].Values, run.Recorded["length of body.linear1.weight"].Values);
        Assert.Equal(3, angles.Length);
        Assert.Equal(lengths[1], lengths[0] / Math.Cos(angles[0]), 1e-10);
    }

    [Fact]
    public void An_equilibrium_needs_decay() => Assert.Throws<ArgumentOutOfRangeException>(() => Equilibrium.Angle(0.1, 0));
}
