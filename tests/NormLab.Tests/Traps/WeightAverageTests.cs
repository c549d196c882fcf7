using NormCore;
using NormLab.Traps;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class WeightAverageTests
{
    private static readonly Tensor X = randn([400, 6], generator: new(1));

    // Two networks whose weights are at right angles and equally long, each with the right statistics of its own.
    private static nn.Module<Tensor, Tensor> Network(int side)
    {
        var linear = nn.Linear(6, 3, hasBias: false);
        using (no_grad())
        {
            linear.weight!.zero_();
            linear.weight.narrow(1, 3 * side, 3).copy_(2 * eye(3));
        }

        var network = nn.Sequential(("linear", linear), ("norm", new BatchNorm(3, eps: 0)));
        PreciseStatistics.Population(network, [X], cancellation: TestContext.Current.CancellationToken);
        network.eval();
        return network;
    }

    private static double WorstRatio(nn.Module<Tensor, Tensor> network) => BatchNormReport.Of(network, [X]).Layers.Single().Drift!.GreatestRatio;

    [Fact]
    public void Averaged_statistics_are_too_wide_for_averaged_weights_and_estimated_ones_fit()
    {
        using var average = new WeightAverage();
        var network = Network(1);
        average.Add(Network(0));
        average.Add(network);
        average.CopyTo(network);

        // The average has 1/√2 of the length, so running ÷ actual is √2 up to the sampling of 400 rows: ±3/√800 for each of three channels.
        Assert.Equal(Math.Sqrt(2), WorstRatio(network), 0.2);
        PreciseStatistics.Population(network, [X], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, WorstRatio(network), 1e-4);
    }

    [Fact]
    public void It_is_the_mean_of_parameters_and_on_request_of_statistics()
    {
        using var average = new WeightAverage();
        Tensor[] values = [.. Enumerable.Range(0, 3).Select(seed => randn(4, generator: new((ulong)seed)))];
        var norm = new BatchNorm(4);
        foreach (var value in values)
        {
            using var frozen = no_grad();
            norm.Weight!.copy_(value);
            norm.RunningMean!.copy_(2 * value);
            average.Add(norm);
        }

        using var mean = (values[0] + values[1] + values[2]) / 3;
        average.CopyParametersTo(norm);
        Assert.True(norm.Weight!.allclose(mean, 1e-5, 1e-6));
        Assert.True(norm.RunningMean!.equal(2 * values[2]).all().item<bool>());
        average.CopyTo(norm);
        Assert.True(norm.RunningMean!.allclose(2 * mean, 1e-5, 1e-6));
        Assert.Equal(3, average.Count);
    }

    [Fact]
    public void An_average_of_nothing_cannot_be_copied() =>
        Assert.Contains("no network yet", Assert.Throws<InvalidOperationException>(() => new WeightAverage().CopyTo(new BatchNorm(2))).Message);
}
