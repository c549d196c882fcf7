using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class LpBatchNormTests
{
    public static TheoryData<double> Norms => [1, 2, double.PositiveInfinity];

    [Theory]
    [MemberData(nameof(Norms))]
    public void The_divisor_is_the_mean_norm_of_the_values_before_the_mean_is_removed(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(70);
        using var layer = random.Randomize(new LpBatchNorm(3, p, eps: 0.01, dtype: ScalarType.Float64));
        var x = random.Normal(4, 3, 5) + 1.5;
        var y = layer.call(x);
        for (long c = 0; c < 3; c++)
        {
            var values = x.select(1, c);
            var numbers = values.contiguous().data<double>().ToArray();
            var norm = double.IsInfinity(p)
                ? numbers.Max(Math.Abs) + 0.01
                : Math.Pow(numbers.Average(value => Math.Pow(Math.Abs(value), p)) + 0.01, 1 / p);
            var expected = layer.Weight![c] * (values - numbers.Average()) / norm + layer.Bias![c];
            RandomStates.RequireSame([y.select(1, c)], [expected]);
        }
    }

    [Fact]
    public void With_p_2_and_centred_data_it_is_BatchNorm()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(71);
        using var batch = random.BatchNorm(3, eps: 0.01);
        using var layer = new LpBatchNorm(3, 2, eps: 0.01, dtype: ScalarType.Float64);
        using (no_grad())
        {
            layer.Weight!.copy_(batch.Weight!);
            layer.Bias!.copy_(batch.Bias!);
        }
        var (x, dy) = (random.Normal(6, 3, 2), random.Normal(6, 3, 2));
        x -= x.mean([0, 2], keepdim: true);
        RandomStates.RequireSame(layer.Run(x, dy), batch.Run(x, dy));
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Evaluation_uses_the_running_averages_of_mean_and_norm(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(72);
        using var layer = new LpBatchNorm(3, p, eps: 0, momentum: 0.25, dtype: ScalarType.Float64);
        var (mean, norm) = (zeros(3, ScalarType.Float64), ones(3, ScalarType.Float64));
        for (var step = 0; step < 2; step++)
        {
            var batch = random.Normal(5, 3) + 1;
            layer.call(batch);
            var power = double.IsInfinity(p) ? batch.abs().max(0).values : batch.abs().pow(p).mean([0]).pow(1 / p);
            (mean, norm) = (0.75 * mean + 0.25 * batch.mean([0]), 0.75 * norm + 0.25 * power);
        }
        layer.eval();
        var x = random.Normal(4, 3);
        RandomStates.RequireSame([layer.RunningMean!, layer.RunningNorm!, layer.call(x)], [mean, norm, (x - mean) / norm]);
        Assert.Equal(2, layer.NumBatchesTracked!.item<long>());
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void The_scale_of_the_input_leaves_the_output_and_its_shift_does_not(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(73);
        using var layer = random.Randomize(new LpBatchNorm(3, p, eps: 0, dtype: ScalarType.Float64));
        var x = random.Normal(5, 3);
        RandomStates.RequireSame([layer.call(7 * x)], [layer.call(x)]);
        Assert.False(layer.call(x + 1).allclose(layer.call(x), 1e-3, 1e-3));
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void A_channel_of_zeros_gives_beta_and_a_finite_gradient(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(74);
        using var layer = random.Randomize(new LpBatchNorm(3, p, dtype: ScalarType.Float64));
        var results = layer.Run(zeros([4, 3], ScalarType.Float64), random.Normal(4, 3));
        RandomStates.RequireSame([results[0]], [layer.Bias!.expand(4, 3)]);
        Assert.All(results, result => Assert.True(result.isfinite().all().item<bool>()));
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Without_running_statistics_evaluation_uses_the_batch(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(75);
        using var layer = new LpBatchNorm(3, p, affine: false, trackRunningStatistics: false, dtype: ScalarType.Float64);
        var x = random.Normal(5, 3);
        var expected = layer.call(x);
        layer.eval();
        Assert.True(layer.call(x).Equals(expected));
        Assert.Empty(layer.state_dict());
    }
}
