using NormCore;
using NormLab.Data;
using NormLab.Models;
using NormLab.SmallBatch;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.SmallBatch;

public class FourWaysTests
{
    private static readonly ImageDataset Images = ImageData.Generated(128, 60);
    private static readonly TrainingOptions Options = new() { BatchSize = 8, MaxSteps = 6 };

    private static nn.Module<Tensor, Tensor> Network() => Networks.Cnn(channels => new BatchNorm(channels), 1, [4, 6]);

    private static nn.Module<Tensor, Tensor> Twin(int batchSize) => Networks.Cnn(channels => new ImageInclusiveBatchNorm(channels, batchSize), 2, [4, 6]);

    [Fact]
    public void Each_way_is_what_asking_by_hand_gives_and_the_network_stays_as_it_was()
    {
        using var scope = NewDisposeScope();
        var network = Network();
        var trained = Trainer.Train(network, Images, Options);
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var ways = FourWays.Of(network, Twin(1_000_000), Images.Train, Images.Test, batchSize: 8);
        Assert.All(network.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>(), pair.Key));
        Assert.False(network.training);
        Assert.Equal(trained.Final, ways.Running);

        PreciseStatistics.Population(network, Images.Train.Chunks(8).Select(batch => batch.Images), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Evaluation.Of(network, Images.Test).Loss, ways.Precise.Loss, 1e-6);
        network.train();
        Assert.Equal(Evaluation.Of(network, Images.Test, 8).Loss, ways.Batches.Loss, 1e-6);

        // One of a million images has no weight in its own statistics.
        Assert.Equal(ways.Precise.Loss, ways.Consistent.Loss, 1e-4);
        Assert.True(Math.Abs(FourWays.Of(network, Twin(2), Images.Train, Images.Test, 8).Consistent.Loss - ways.Precise.Loss) > 1e-3);
    }

    [Fact]
    public void The_observer_records_all_ways_after_the_last_step_and_changes_nothing()
    {
        var observer = FourWays.Observer(5, () => Twin(8), Images.Train, Images.Test, 8);
        var run = Trainer.Train(Network(), Images.Train, Images.Test, Options, observers: [observer], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Trainer.Train(Network(), Images, Options).Final, run.Final);
        Assert.Equal(2 * FourWays.Names.Count, run.Recorded.Count);
        Assert.Equal([5], run.Recorded["loss, precise"].Steps);
        Assert.Equal(run.Final.Loss, run.Recorded["loss, running averages"].Values[0]);
        Assert.Equal(run.TestAccuracy, run.Recorded["accuracy, running averages"].Values[0]);
    }
}
