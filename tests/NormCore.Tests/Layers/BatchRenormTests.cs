using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class BatchRenormTests
{
    [Fact]
    public void With_its_first_bounds_it_is_BatchNorm_in_training_and_evaluation()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(60);
        using var batch = random.BatchNorm(4);
        using var renorm = Like(batch, 1, 0);
        foreach (var training in new[] { true, true, false })
        {
            batch.train(training);
            renorm.train(training);
            var (x, dy) = (random.Normal(6, 4, 3), random.Normal(6, 4, 3));
            RandomStates.RequireSame(renorm.Run(x, dy), batch.Run(x, dy));
            RandomStates.RequireSame([renorm.RunningMean, renorm.RunningVariance], [batch.RunningMean!, batch.RunningVariance!]);
            Assert.Equal(batch.NumBatchesTracked!.item<long>(), renorm.NumBatchesTracked.item<long>());
        }
    }

    [Fact]
    public void Without_bounds_training_computes_what_evaluation_with_the_statistics_before_the_update_would()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(61);
        using var batch = random.BatchNorm(4);
        using var renorm = Like(batch, double.PositiveInfinity, double.PositiveInfinity);
        for (var step = 0; step < 3; step++)
        {
            var x = random.Normal(6, 4, 3) * 3 + 2;
            renorm.eval();
            var expected = renorm.call(x);
            renorm.train();
            RandomStates.RequireSame([renorm.call(x)], [expected]);
        }
    }

    [Theory]
    [InlineData(1.2, 0.3)]
    [InlineData(3, 5)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void R_and_d_are_clipped_and_constants_of_the_gradient(double rMax, double dMax)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(62);
        using var batch = random.BatchNorm(40, eps: 0.01);
        using var renorm = Like(batch, rMax, dMax);
        var (x, dy) = (random.Normal(6, 40), random.Normal(6, 40));

        // By hand, with r and d as numbers: y = (γ r) x̂ + (γ d + β), a batch norm of other parameters.
        var (mean, variance) = (x.mean([0]), (x - x.mean([0])).square().mean([0]));
        var (sigma, running) = ((variance + 0.01).sqrt(), (batch.RunningVariance! + 0.01).sqrt());
        var r = minimum(maximum(sigma / running, tensor(1 / rMax)), tensor(rMax));
        var d = minimum(maximum((mean - batch.RunningMean!) / running, tensor(-dMax)), tensor(dMax));
        if (rMax == 1.2) Assert.True(new[] { r == 1.2, r == 1 / 1.2, d == 0.3, d == -0.3, (r > 1 / 1.2) & (r < 1.2) }.All(some => some.any().item<bool>()));
        var (gamma, beta) = (batch.Weight!.detach().clone(), batch.Bias!.detach().clone());
        using (no_grad())
        {
            batch.Weight!.copy_(gamma * r);
            batch.Bias!.copy_(gamma * d + beta);
        }
        var expected = batch.Run(x, dy); // y, dx, dβ', dγ'
        RandomStates.RequireSame(renorm.Run(x, dy), [expected[0], expected[1], expected[2], expected[3] * r + expected[2] * d]);
    }

    private static BatchRenorm Like(BatchNorm batch, double rMax, double dMax)
    {
        var renorm = new BatchRenorm(batch.NumFeatures, rMax, dMax, batch.Eps, batch.Momentum, dtype: ScalarType.Float64);
        renorm.load_state_dict(batch.state_dict());
        return renorm;
    }
}
