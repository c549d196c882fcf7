using NormLab.Data;
using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Training;

public class TrainerTests
{
    private static readonly ImageDataset Images = ImageData.Generated(256, 100);
    private static readonly TrainingOptions Short = new() { LearningRate = 0.05, Epochs = 2, BatchSize = 32 };

    private static TrainingRun Run(TrainingOptions options, List<string>? lines = null) =>
        Trainer.Train(Networks.Mlp(c => nn.BatchNorm1d(c), 1), Images, options, lines is null ? null : lines.Add);

    [Fact]
    public void Training_lowers_the_loss()
    {
        var run = Run(Short with { Epochs = 6 });
        Assert.Equal(6 * 8, run.Losses.Length);
        Assert.True(run.Losses[^8..].Average() < 0.7 * run.Losses[..8].Average());
        Assert.False(run.Diverged);
    }

    [Fact]
    public void Two_runs_give_the_same_numbers()
    {
        var (first, second) = (Run(Short), Run(Short));
        Assert.Equal(first.Losses, second.Losses);
        Assert.Equal(first.Epochs, second.Epochs);
    }

    [Fact]
    public void The_seed_decides_the_batch_order() =>
        Assert.NotEqual(Run(Short).Losses, Run(Short with { Seed = 2 }).Losses);

    [Fact]
    public void The_first_loss_is_that_of_the_first_batch_of_the_seeded_order()
    {
        using var batch = Images.Train.Batches(Short.BatchSize, new Generator((ulong)Short.Seed)).First();
        var expected = nn.functional.cross_entropy(Networks.Mlp(c => nn.BatchNorm1d(c), 1).call(batch.Images), batch.Labels).item<float>();
        Assert.Equal(expected, Run(Short).Losses[0], 6);
    }

    [Fact]
    public void A_step_moves_against_the_gradient_by_the_learning_rate()
    {
        var network = nn.Sequential(("flatten", nn.Flatten()), ("linear", nn.Linear(784, 10)));
        var before = network.state_dict()["linear.bias"].clone();
        using var batch = Images.Train.Batches(32, new Generator((ulong)Short.Seed)).First();
        nn.functional.cross_entropy(network.call(batch.Images), batch.Labels).backward();
        var expected = before - 0.05 * network.parameters().Last().grad!;
        Trainer.Train(network, Images, Short with { MaxSteps = 1 });
        Assert.True(network.state_dict()["linear.bias"].allclose(expected, 1e-5, 1e-7));
    }

    [Fact]
    public void A_run_that_diverges_ends_and_says_so()
    {
        var run = Trainer.Train(Networks.Mlp(null, 1), Images, Short with { LearningRate = 1e6, Epochs = 5 });
        Assert.True(run.Diverged);
        Assert.True(run.Losses.Length < 5 * 8);
    }

    [Fact]
    public void A_run_can_be_cut_short() => Assert.Equal(3, Run(Short with { MaxSteps = 3 }).Losses.Length);

    [Fact]
    public void A_run_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var steps = 0;
        var cancels = new StepObserver("cancels", _ => true) { AfterUpdate = step => { steps++; if (step.Number == 2) source.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() =>
            Trainer.Train(Networks.Mlp(null, 1), Images.Train, Images.Test, Short, observers: [cancels], cancellation: source.Token));
        Assert.Equal(3, steps);
    }

    [Fact]
    public void A_rate_factor_makes_the_steps_shorter()
    {
        // With f = 0 only the first step moves.
        var run = Run(Short with { RateFactor = 0, BatchSize = 256, Epochs = 4 });
        Assert.NotEqual(run.Losses[0], run.Losses[1], 1e-3);
        Assert.Equal(run.Losses[1], run.Losses[3], 1e-5);
    }

    [Fact]
    public void The_late_loss_is_the_mean_of_the_last_steps_and_infinite_after_divergence()
    {
        var run = Run(Short);
        Assert.Equal((run.Losses[^1] + run.Losses[^2]) / 2, run.LateLoss(2), 1e-12);
        Assert.Equal(run.Losses.Average(), run.LateLoss(1000), 1e-12);
        Assert.Equal(double.PositiveInfinity, (run with { Diverged = true }).LateLoss(2));
    }

    [Fact]
    public void Tests_can_wait_for_the_end_and_be_taken_on_the_training_images()
    {
        var run = Run(Short with { TestsEachEpoch = false, TestsOnTraining = true });
        Assert.Equal(Run(Short).Final, Assert.Single(run.Epochs));
        Assert.True(run.OnTraining!.Loss < run.Losses[0]);
    }

    [Fact]
    public void A_deep_linear_network_lowers_the_sum_of_squares()
    {
        var data = DeepLinear.Data(seed: 1, count: 200);
        var run = Trainer.Train(DeepLinear.Network(null, 1, depth: 3), data, data,
            new() { Objective = Objective.SumOfSquares, BatchSize = 200, Epochs = 60, LearningRate = 1e-4, TestsEachEpoch = false }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.Losses[^1] < 0.7 * run.Losses[0]);
        Assert.True(run.Final.Loss < run.Losses[^1]);
        Assert.Equal(double.NaN, run.TestAccuracy);
    }

    [Fact]
    public void Progress_is_one_line_per_epoch()
    {
        var lines = new List<string>();
        Run(Short, lines);
        Assert.Equal(2, lines.Count);
        Assert.Matches(@"^epoch 1/2: training loss \d\.\d{3}, test accuracy \d\.\d{3}$", lines[0]);
    }

    [Fact]
    public void Evaluation_averages_over_all_images_in_pieces_of_any_size()
    {
        var network = Networks.Mlp(null, 1);
        network.eval();
        var whole = Evaluation.Of(network, Images.Test, 100);
        var pieces = Evaluation.Of(network, Images.Test, 33);
        Assert.Equal(whole.Accuracy, pieces.Accuracy);
        Assert.Equal(whole.Loss, pieces.Loss, 5);
    }
}
