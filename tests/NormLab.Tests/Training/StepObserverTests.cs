using NormLab.Data;
using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Training;

public class StepObserverTests
{
    private static readonly ImageSet Images = ImageData.Generated(128, 10).Train;
    private static readonly TrainingOptions Short = new() { LearningRate = 0.05, Epochs = 2, BatchSize = 32, Momentum = 0.5 };

    private static nn.Module<Tensor, Tensor> Network() => nn.Sequential(
        ("body", Networks.Mlp(c => new NormCore.BatchNorm(c), 1, [16])), ("dropout", nn.Dropout(0.3)));

    private static TrainingRun Run(params StepObserver[] observers)
    {
        manual_seed(1); // Of the dropout.
        return Trainer.Train(Network(), Images, Images, Short, observers: observers);
    }

    [Fact]
    public void An_observer_that_does_its_worst_changes_nothing()
    {
        void Spoil(TrainingStep step)
        {
            step.Network.eval();
            step.Network.train();
            step.Loss().backward();
            using var frozen = no_grad();
            foreach (var parameter in step.Network.parameters())
                parameter.add_(1);
            step.Network.call(step.Batch.Images * 100);
            step.Network.zero_grad();
            step.Network.eval();
            rand(7);
        }

        var spoilt = Run(new StepObserver("spoiler", _ => true) { BeforeUpdate = Spoil, AfterUpdate = Spoil });
        Assert.Equal(Run().Losses, spoilt.Losses);
        Assert.Equal(Run().Epochs, spoilt.Epochs);
    }

    [Fact]
    public void Before_the_update_the_gradient_is_known_and_after_it_the_weights_have_moved_by_it()
    {
        double before = 0, gradient = 0;
        static Tensor Weight(TrainingStep step) => step.Network.parameters().First();
        var run = Trainer.Train(Network(), Images, Images, Short with { Momentum = 0, MaxSteps = 1 }, observers:
        [
            new("one weight", _ => true)
            {
                BeforeUpdate = step => (before, gradient) = (Weight(step)[3, 400].item<float>(), Weight(step).grad![3, 400].item<float>()),
                AfterUpdate = step => step.Record("moved", Weight(step)[3, 400].item<float>() - before),
            },
        ], cancellation: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, gradient);

        // Rounding of a weight of size 0.1 in float32.
        Assert.Equal(-0.05 * gradient, run.Recorded["moved"].Values[0], 1e-8);
    }

    [Fact]
    public void Records_are_kept_by_name_at_the_steps_asked_for()
    {
        var run = Trainer.Train(Networks.Mlp(null, 1), Images, Images, Short, observers:
        [
            new("loss", step => step % 3 == 0) { BeforeUpdate = step => step.Record("loss", step.Loss().item<float>()) },
            new("mode", step => step == 1) { AfterUpdate = step => step.Record("training", step.Network.training ? 1 : 0) },
        ], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([0, 3, 6], run.Recorded["loss"].Steps);

        // The same forward pass twice.
        Assert.Equal([run.Losses[0], run.Losses[3], run.Losses[6]], run.Recorded["loss"].Values);
        Assert.Equal([1], run.Recorded["training"].Values);
    }

    [Fact]
    public void A_run_that_diverges_shows_observers_no_loss_that_is_no_number()
    {
        var run = Trainer.Train(Networks.Mlp(null, 1), Images, Images, Short with { LearningRate = 1e6, Epochs = 20 }, observers:
            [new("loss", _ => true) { BeforeUpdate = step => step.Record("loss", step.Loss().item<float>()) }], cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.Diverged);
        Assert.Equal(run.Losses[..^1], run.Recorded["loss"].Values);
    }

    [Fact]
    public void A_value_recorded_twice_is_refused()
    {
        var twice = new StepObserver("twice", _ => true) { BeforeUpdate = step => { step.Record("x", 1); step.Record("x", 2); } };
        Assert.Contains("'x' was recorded twice at step 0", Assert.Throws<ArgumentException>(() => Run(twice)).Message);
    }

    [Fact]
    public void A_network_can_be_put_back()
    {
        var network = Networks.Mlp(c => new NormCore.BatchNorm(c), 1, [16]);
        network.eval();
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using (KeptState.Of(network))
        {
            network.train();
            network.call(Images.Images).sum().backward();
        }

        Assert.All(network.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>(), pair.Key));
        Assert.All(network.modules(), module => Assert.False(module.training));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }
}
