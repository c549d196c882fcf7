using NormCore;
using NormLab.Data;
using NormLab.Training;
using NormLab.Traps;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class DomainsTests
{
    // Two classes at ±1 of the only feature; in the other domain the sensor has an offset: x ↦ x + 10.
    private static readonly ImageSet Here = new(cat([ones(20, 1), -ones(20, 1)]), cat([zeros(20, int64), ones(20, int64)]));
    private static readonly ImageSet There = new(Here.Images + 10, Here.Labels);

    // Decides by the sign of the normalized feature.
    private static nn.Module<Tensor, Tensor> Network(Func<int, Tensor, Tensor> feed)
    {
        var head = nn.Linear(1, 2, hasBias: false);
        using (no_grad())
            head.weight!.copy_(tensor(new float[,] { { 1 }, { -1 } }));
        return nn.Sequential(("loader", new TrainingFeed(feed)), ("norm", new BatchNorm(1)), ("head", head));
    }

    private static nn.Module<Tensor, Tensor> Seen(Func<int, Tensor, Tensor> feed)
    {
        var network = Network(feed);
        for (var batch = 0; batch < 200; batch++)
            network.call(Here.Images).Dispose();
        network.eval();
        return network;
    }

    [Fact]
    public void Batches_by_turns_leave_statistics_that_fit_neither_domain_and_own_ones_fit_both()
    {
        var network = Seen((number, x) => number % 2 == 0 ? x.alias() : x + 10);

        // The averages lie between the domains: all of one is called the first class, all of the other the second.
        Assert.Equal((0.5, 0.5), (Evaluation.Of(network, Here).Accuracy, Evaluation.Of(network, There).Accuracy));
        Assert.Equal((1, 1), (AdaptedStatistics.Evaluate(network, Here, Here).Accuracy, AdaptedStatistics.Evaluate(network, There, There).Accuracy));

        // Estimating over both together is no cure.
        var both = new ImageSet(cat([Here.Images, There.Images]), cat([Here.Labels, There.Labels]));
        Assert.Equal(0.5, AdaptedStatistics.Evaluate(network, Here, both).Accuracy);
    }

    [Fact]
    public void The_feed_counts_batches_of_training_and_leaves_evaluation_alone()
    {
        var feed = new TrainingFeed((number, x) => x + number);
        Assert.Equal([0.0, 0], feed.call(zeros(2)).Numbers());
        feed.eval();
        Assert.Equal([0.0, 0], feed.call(zeros(2)).Numbers());
        feed.train();
        Assert.Equal([1.0, 1], feed.call(zeros(2)).Numbers());
    }

    [Fact]
    public void Another_domains_statistics_are_given_back()
    {
        var network = Seen((_, x) => x.alias());
        var change = StateChange.During(network, () => AdaptedStatistics.Evaluate(network, There, There));
        Assert.Empty(change.Buffers);
        Assert.All(network.named_modules(), child => Assert.False(child.module.training));
    }
}
