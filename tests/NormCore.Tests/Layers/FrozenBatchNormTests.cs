using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class FrozenBatchNormTests
{
    [Fact]
    public void In_either_mode_it_is_BatchNorm_in_evaluation_and_learns_nothing()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(50);
        using var batch = random.BatchNorm(4, eps: 0.01);
        using var frozen = FrozenBatchNorm.Of(batch);
        batch.eval();
        Assert.Empty(frozen.parameters());
        foreach (var training in new[] { true, false })
        {
            frozen.train(training);
            var (x, dy) = (random.Normal(6, 4, 3), random.Normal(6, 4, 3));
            RandomStates.RequireSame(frozen.Run(x, dy), batch.Run(x, dy).Take(2));
        }
        Assert.All(frozen.buffers(), buffer => Assert.False(buffer.requires_grad));
    }

    [Fact]
    public void A_frozen_copy_does_not_change_with_the_layer_it_was_made_of()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(51);
        using var batch = random.BatchNorm(4);
        using var frozen = FrozenBatchNorm.Of(batch);
        var x = random.Normal(6, 4);
        var before = frozen.call(x);
        batch.call(x);
        using (no_grad()) batch.Weight!.add_(1);
        Assert.True(before.Equals(frozen.call(x)));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void A_layer_without_parameters_freezes_with_gamma_1_and_beta_0(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var batch = new BatchNorm(4, affine: false, dtype: type);
        var x = rand(6, 4).to(type);
        batch.call(x);
        batch.eval();
        using var frozen = FrozenBatchNorm.Of(batch);
        Assert.True(frozen.call(x).Equals(batch.call(x)));
        Assert.Equal(ScalarType.Float32, frozen.RunningMean.dtype);
    }

    [Fact]
    public void A_layer_without_running_statistics_cannot_be_frozen()
    {
        using var batch = new BatchNorm(4, trackRunningStatistics: false);
        Assert.Contains("tracks no running statistics", Assert.Throws<InvalidOperationException>(() => FrozenBatchNorm.Of(batch)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => FrozenBatchNorm.Of(null!));
    }
}
