using NormCore;
using NormLab.Data;
using NormLab.Models;
using NormLab.Traps;
using TorchSharp.Modules;
using static TorchSharp.torch;
using BatchNorm = NormCore.BatchNorm;

namespace NormLab.Tests.Traps;

public class ModeTrapTests
{
    private static readonly Tensor X = randn([64, 20], generator: new(5));
    private static readonly Tensor Labels = X.narrow(1, 0, 10).argmax(1);

    [Fact]
    public void Forgotten_eval_shows_in_answers_that_change_with_the_company()
    {
        using var network = Perceptron();
        var forgotten = CompanyDependence.Of(network, X, batchSize: 4);
        Assert.InRange(forgotten.Changed, 0.05, 1);
        Assert.True(forgotten.LargestChange > 0.1);

        network.eval();
        var cured = CompanyDependence.Of(network, X, batchSize: 4);
        Assert.Equal(0, cured.Changed);
        Assert.InRange(cured.LargestChange, 0, 1e-5); // float32, outputs of the order of their deviation.
    }

    [Fact]
    public void Asking_about_the_company_leaves_mode_and_statistics_as_they_were()
    {
        using var network = Perceptron();
        var norm = Norm(network);
        using var before = norm.RunningMean!.clone();
        CompanyDependence.Of(network, X, batchSize: 4);
        Assert.True(network.training);
        Assert.True(before.equal(norm.RunningMean!).all().item<bool>());
        Assert.Equal(0, norm.NumBatchesTracked!.item<long>());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 7)]
    public void Forgotten_train_shows_in_steps_whose_batches_were_not_tracked(bool remembered, long missing)
    {
        using var network = Perceptron();
        using var sgd = optim.SGD(network.parameters(), 0.1);
        for (var step = 1; step <= 10; step++)
        {
            sgd.zero_grad();
            nn.functional.cross_entropy(network.call(X), Labels).backward();
            sgd.step();
            if (step != 3) continue;
            network.eval(); // A validation.
            network.train(remembered);
        }

        Assert.Equal(missing, 10 - BatchNormReport.Of(network).Layers.Single().BatchesTracked);
        using var guard = ModeGuard.RequireTraining(network);
        Assert.Equal(remembered, Record.Exception(() => network.call(X)) is null);
    }

    [Fact]
    public void A_batch_of_one_shows_in_the_values_of_a_channel()
    {
        using var network = Perceptron();
        using var rest = new ImageSet(X.narrow(0, 0, 9), Labels.narrow(0, 0, 9));
        Assert.Equal(1, rest.Chunks(4).Min(batch => Least(network, batch)));
        Assert.Throws<ArgumentException>(() => network.call(rest.Images.narrow(0, 8, 1)));
        Assert.Equal(4, rest.Batches(4, new Generator(1)).Min(batch => Least(network, batch)));
    }

    [Fact]
    public void Maps_give_as_many_values_to_a_channel_as_they_have_positions()
    {
        using var network = Networks.Cnn(c => new BatchNorm(c), 1, [2, 3, 4]);
        using var images = randn(3, 1, 14, 14);
        Assert.Equal(new long[] { 3 * 14 * 14, 3 * 7 * 7, 3 * 3 * 3 }, ChannelValues.Of(network, images).Select(layer => layer.Values));
        Assert.Equal(new[] { "norm1", "norm2", "norm3" }, ChannelValues.Of(network, images).Select(layer => layer.Layer));
    }

    [Fact]
    public void A_batch_of_one_class_shows_in_means_far_from_the_running_ones_and_evaluation_does_not_care()
    {
        using var features = X + 10 * nn.functional.one_hot(Labels, 20);
        using var network = Perceptron();
        PreciseStatistics.Population(network, [features], cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(MeanShift(features.narrow(0, 0, 16)), 0, 1);
        Assert.True(MeanShift(features.index_select(0, Labels.eq(Labels[0]).nonzero().squeeze(1))) > 1);

        network.eval();
        var sorted = Labels.argsort();
        using var answers = network.call(features).index_select(0, sorted);
        Assert.True(network.call(features.index_select(0, sorted)).allclose(answers, atol: 1e-4));

        double MeanShift(Tensor batch) => BatchNormReport.Of(network, [batch]).Layers.Single().Drift!.MeanShift;
    }

    private static Sequential Perceptron() => Networks.Mlp(c => new BatchNorm(c), 1, [16], inputs: 20);

    private static BatchNorm Norm(Sequential network) => network.modules().OfType<BatchNorm>().Single();

    private static long Least(Sequential network, ImageSet batch) => ChannelValues.Of(network, batch.Images).Min(layer => layer.Values);
}
