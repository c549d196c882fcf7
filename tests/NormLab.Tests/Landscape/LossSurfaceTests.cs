using NormCore;
using NormLab.Curvature;
using NormLab.Data;
using NormLab.Landscape;
using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Landscape;

public class LossSurfaceTests
{
    [Fact]
    public void Of_a_quadratic_function_it_is_that_function()
    {
        using var scope = NewDisposeScope();
        using var network = new QuadraticNetwork([3, 0.5], [0.4, -2]);
        var surface = LossSurface.Of(network, network.Loss, tensor(new[] { 1.0, 0 }), tensor(new[] { 2.0, 1 }), [-1, 0, 2], NetworkMode.Training);
        for (var (row, column) = (0, 0); row < 3; (row, column) = column == 2 ? (row + 1, 0) : (row, column + 1))
        {
            var (a, b) = (surface.Coordinates[column], surface.Coordinates[row]);
            var (x, y) = (0.4 + a + 2 * b, -2 + b);
            Assert.Equal(1.5 * x * x + 0.25 * y * y, surface.Losses[row, column], 1e-12);
        }
    }

    [Fact]
    public void Progress_gets_row_after_row_with_the_rest_unknown()
    {
        using var scope = NewDisposeScope();
        using var network = new QuadraticNetwork([3, 0.5], [0.4, -2]);
        var parts = new List<(int Rows, double[] Losses)>();
        var surface = LossSurface.Of(network, network.Loss, tensor(new[] { 1.0, 0 }), tensor(new[] { 2.0, 1 }), [-1, 0, 2], NetworkMode.Training,
            (rows, part) => parts.Add((rows, [.. part.Losses.Cast<double>()])));
        Assert.Equal([1, 2, 3], parts.Select(part => part.Rows));
        Assert.All(parts, part => Assert.Equal([.. surface.Losses.Cast<double>().Take(3 * part.Rows), .. Enumerable.Repeat(double.NaN, 9 - 3 * part.Rows)], part.Losses));
    }

    [Fact]
    public void Every_filter_of_a_direction_has_the_length_of_the_weights_and_vectors_do_not_move()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Cnn(Normalizers.BatchNorm.Layer, 1, [3, 5]);
        using var direction = FilterNormalizedDirection.Of(network, new Generator(1));
        var start = 0L;
        foreach (var weight in network.parameters())
        {
            var piece = direction.narrow(0, start, weight.numel()).view(weight.shape);
            start += weight.numel();
            if (weight.dim() < 2)
                Assert.Equal(0, piece.abs().sum().item<float>());
            else
                Assert.True(allclose(piece.flatten(1).norm(1), weight.flatten(1).norm(1)));
        }

        Assert.Equal(start, direction.numel());
        using var other = FilterNormalizedDirection.Of(network, new Generator(2));
        Assert.InRange(nn.functional.cosine_similarity(direction, other, 0).item<float>(), -0.5, 0.5);
    }

    [Fact]
    public void A_direction_of_another_size_is_refused_and_the_network_stays_as_it_is()
    {
        using var network = new QuadraticNetwork([1, 1], [1, 1]);
        Assert.Contains("(2) is needed", Assert.Throws<ArgumentException>(() =>
            LossSurface.Of(network, network.Loss, ones(3), ones(3), [1], NetworkMode.Training)).Message);
        Assert.Equal(1, network.Loss().item<double>());
    }

    [Theory]
    [InlineData(NetworkMode.Training)]
    [InlineData(NetworkMode.Evaluation)]
    public void The_mode_decides_which_function_is_seen_and_nothing_changes(NetworkMode mode)
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(("a", nn.Linear(4, 3)), ("norm", new BatchNorm(3)), ("b", nn.Linear(3, 2)));
        var (x, y) = (randn(16, 4, generator: new Generator(1)) * 3 + 1, zeros([16], ScalarType.Int64));
        Tensor Loss() => nn.functional.cross_entropy(network.call(x), y);
        network.train(mode == NetworkMode.Training);
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using var direction = FilterNormalizedDirection.Of(network, new Generator(2));
        network.eval();
        var surface = LossSurface.Of(network, Loss, direction, direction, [0, 1], mode);
        var along = AlongTheGradient.Of(network, Loss, 0.1, [1], mode);
        Assert.False(network.training);
        Assert.All(network.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>(), pair.Key));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
        network.train(mode == NetworkMode.Training);
        Assert.Equal(Loss().item<float>(), surface.Losses[0, 0]);
        Assert.Equal(surface.Losses[0, 0], along.Loss);
        Assert.NotEqual(surface.Losses[0, 0], surface.Losses[0, 1]);
    }

    [Fact]
    public void The_observer_records_what_the_tools_measure_and_does_not_change_the_run()
    {
        using var scope = NewDisposeScope();
        var images = ImageData.Generated(96, 10).Train.Pooled(4);
        var options = new TrainingOptions { BatchSize = 32, Epochs = 1 };
        nn.Module<Tensor, Tensor> Network() => Networks.Mlp(Normalizers.BatchNorm.Layer, 1, [6], inputs: 49);
        TrainingRun Run(params StepObserver[] observers) => Trainer.Train(Network(), images, images, options, observers: observers, cancellation: TestContext.Current.CancellationToken);
        var run = Run(LandscapeObserver.Of(NetworkMode.Training, 2, [0.5, 1, 4]));
        Assert.Equal(Run().Losses, run.Losses);
        var beta = run.Recorded[LandscapeObserver.Beta];
        Assert.Equal([0, 2], beta.Steps);
        Assert.Equal(options.LearningRate * beta.Values[1], run.Recorded[LandscapeObserver.RateTimesBeta].Values[1], 1e-12);
        Assert.All(run.Recorded[LandscapeObserver.RelativeProgress].Values, progress => Assert.InRange(progress, 1e-6, 2));
        Assert.All(run.Recorded[LandscapeObserver.LeastCosine].Values, cosine => Assert.InRange(cosine, -1, 1));
    }
}
