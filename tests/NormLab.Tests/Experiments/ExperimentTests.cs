using NormLab.Data;
using NormLab.Experiments;
using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Experiments;

public class ExperimentTests
{
    private static readonly ImageDataset Images = ImageData.Generated(128, 50);

    private static readonly Experiment Small = new()
    {
        Arms = Arm.Of([Normalizers.None, Normalizers.BatchNorm], (norm, seed) => Networks.Mlp(norm, seed, [16])),
        Seeds = [1, 2, 3],
        LearningRates = [0.02, 0.1],
        Options = new() { BatchSize = 32, Epochs = 2 },
        TrainImages = 96,
    };

    private static ExperimentResult Run(Experiment experiment, RunCache? cache = null) =>
        experiment.Run(Images.Train, Images.Test, cache, _ => { }, TestContext.Current.CancellationToken);

    [Fact]
    public void Every_arm_runs_at_every_rate_with_every_seed()
    {
        var result = Run(Small);
        Assert.Equal(2 * 2 * 3, result.Runs.Length);
        Assert.Equal(["none", "batch norm"], result.Arms);
        Assert.Equal([0.02, 0.1], result.LearningRates);
        Assert.Equal([1, 2, 3], result.Of("none", 0.1).Select(run => run.Options.Seed));
        Assert.Equal(2 * 3, result.Of("none", 0.1)[0].Losses.Length);
    }

    [Fact]
    public void A_run_is_what_the_trainer_gives_for_its_seed_images_and_rate()
    {
        var expected = Trainer.Train(Networks.Mlp(Normalizers.BatchNorm.Layer, 2, [16]), Images.Train.Sample(96, 2), Images.Test, Small.Options with { LearningRate = 0.1, Seed = 2 }, cancellation: TestContext.Current.CancellationToken);

        // Exactly with all threads; other sums with one.
        Assert.Equal(expected.Losses, Run(Small with { IsParallel = false }).Of("batch norm", 0.1)[1].Losses);
        Assert.Equal(expected.Losses.Average(), Run(Small).Of("batch norm", 0.1)[1].Losses.Average(), 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_number_of_threads_does_not_change_the_numbers_of_parallel_runs_and_is_left_as_it_was(int threads)
    {
        var before = get_num_threads();
        var expected = Run(Small).Runs.Select(run => run.Training.Losses);
        set_num_threads(threads);
        Assert.Equal(expected, Run(Small).Runs.Select(run => run.Training.Losses));
        Assert.Equal(threads, get_num_threads());
        set_num_threads(before);
    }

    [Fact]
    public void A_layer_that_draws_from_the_global_generator_needs_runs_one_by_one()
    {
        var noisy = Small with { Arms = [new("dropout", seed => nn.Sequential(("body", Networks.Mlp(null, seed, [16])), ("dropout", nn.Dropout(0.5))))] };
        Assert.Contains("IsParallel = false", Assert.Throws<InvalidOperationException>(() => Run(noisy)).Message);

        manual_seed(7);
        var next = rand(1).item<float>();
        manual_seed(7);
        var alone = noisy with { IsParallel = false, Seeds = [2], LearningRates = [0.1] };
        Assert.Equal(Run(alone).Runs[0].Training.Losses, Run(noisy with { IsParallel = false }).Of("dropout", 0.1)[1].Losses);
        Assert.Equal(next, rand(1).item<float>());
    }

    [Fact]
    public void A_layer_with_a_generator_of_its_own_gives_the_same_numbers_beside_others_with_observers_and_with_a_cache()
    {
        using var folder = new TemporaryFolder();
        var noisy = Small with
        {
            Arms = [new("noise", seed => nn.Sequential(("conv", Networks.Cnn(null, seed, [4])), ("view", nn.Unflatten(1, [10, 1, 1])),
                ("drop", new NormCore.DropBlock(0.3, 1, new Generator((ulong)seed))), ("flatten", nn.Flatten())))],
        };
        var expected = Run(noisy with { IsParallel = false }).LateLosses("noise", 0.1);
        var looks = new StepObserver("looks", _ => true) { BeforeUpdate = step => step.Loss() };

        // Sums on one thread and on several round differently.
        Assert.Equal(expected, Run(noisy with { Observers = () => [looks] }, new(folder.Path)).LateLosses("noise", 0.1), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Observers_record_in_every_run()
    {
        var observed = Small with { Observers = () => [new("rate", step => step % 2 == 0) { BeforeUpdate = step => step.Record("rate", step.LearningRate) }] };
        var result = Run(observed);
        Assert.Equal([0, 2, 4], result.RecordedSteps("rate"));
        Assert.All(result.Recorded("none", "rate", 0.02), row => Assert.Equal([0.02, 0.02, 0.02], row));
        Assert.Equal(Run(Small).LateLosses("none", 0.02), result.LateLosses("none", 0.02));
    }

    [Fact]
    public void An_error_in_an_arm_is_the_error_of_the_experiment()
    {
        var broken = Small with { Arms = [new("broken", _ => throw new NotSupportedException("no such layer"))] };
        Assert.Equal("no such layer", Assert.Throws<NotSupportedException>(() => Run(broken)).Message);
    }

    [Fact]
    public void Arms_of_one_name_are_refused() =>
        Assert.Contains("'none' is there 2 times", Assert.Throws<ArgumentException>(() => Run(Small with { Arms = [Small.Arms[0], Small.Arms[0]] })).Message);

    [Fact]
    public void An_interrupted_experiment_goes_on_with_what_is_finished()
    {
        using var folder = new TemporaryFolder();
        var cache = new RunCache(folder.Path);
        using var source = new CancellationTokenSource();
        var made = 0;
        Experiment Counted(Action<int> each) => Small with
        {
            IsParallel = false,
            Observers = () => [new("count", step => step == 0) { BeforeUpdate = step => { each(++made); step.Record("loss", step.Loss().item<float>()); } }],
        };
        var interrupted = Counted(number => { if (number == 5) source.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => interrupted.Run(Images.Train, Images.Test, cache, _ => { }, source.Token));
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);

        made = 0;
        var result = Run(Counted(_ => { }), cache);
        Assert.Equal(12 - 4, made);

        made = 0;
        var again = Run(Counted(_ => { }), cache);
        Assert.Equal(0, made);
        Assert.Equal(Run(Counted(_ => { })).Runs.Select(run => run.Training.Losses), again.Runs.Select(run => run.Training.Losses));
        Assert.Equal(result.Recorded("none", "loss", 0.1), again.Recorded("none", "loss", 0.1));
        Assert.Equal(result.TestAccuracies("none", 0.1), again.TestAccuracies("none", 0.1));
    }

    [Fact]
    public void A_kept_run_is_not_taken_for_another()
    {
        using var folder = new TemporaryFolder();
        var cache = new RunCache(folder.Path);
        var one = Small with { Seeds = [1], LearningRates = [0.1], Arms = [Small.Arms[1]], LateSteps = 2 };
        Experiment[] others =
        [
            one with { Seeds = [2] }, one with { LearningRates = [0.2] }, one with { TrainImages = 64 },
            one with { Options = one.Options with { WeightDecay = 0.1 } },
            one with { Arms = [new("another name", one.Arms[0].Network)] },

            // The same weights at the start, another function of them.
            one with { Arms = [new("batch norm", seed => Networks.Mlp(Normalizers.L1BatchNorm.Layer, seed, [16]))] },
        ];
        Run(one, cache);
        foreach (var other in others)
        {
            var files = Directory.GetFiles(folder.Path).Length;
            Assert.Equal(Run(other).Runs[0].Training.Losses, Run(other, cache).Runs[0].Training.Losses);
            Assert.Equal(files + 1, Directory.GetFiles(folder.Path).Length);
        }

        // What only the report depends on costs no run.
        Run(one with { LateSteps = 3 }, cache);
        Assert.Equal(1 + others.Length, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_damaged_file_is_computed_again()
    {
        using var folder = new TemporaryFolder();
        var cache = new RunCache(folder.Path);
        var expected = Run(Small, cache).Runs.Select(run => run.Training.Losses).ToList();
        foreach (var file in Directory.GetFiles(folder.Path))
            File.WriteAllText(file, "{");
        Assert.Equal(expected, Run(Small, cache).Runs.Select(run => run.Training.Losses));
    }
}
