using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class GhostBatchNormTests
{
    [Theory]
    [InlineData(3, new long[] { 9, 4 })]
    [InlineData(3, new long[] { 8, 4 })]
    [InlineData(2, new long[] { 7, 4, 3 })]
    [InlineData(4, new long[] { 6, 4, 2, 3 })]
    [InlineData(1, new long[] { 3, 4, 2, 3, 2 })]
    public void GhostBatchNorm_is_BatchNorm_of_the_chunks_in_turn(long size, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(40);
        using var batch = random.BatchNorm(4, momentum: 0.3);
        using var ghost = Like(batch, size);
        var (x, dy) = (random.Normal(shape) * 3 + 2, random.Normal(shape));
        var chunks = x.split(size).Zip(dy.split(size)).Select(pair => batch.Run(pair.First, pair.Second)).ToArray();
        var expected = new[] { cat([.. chunks.Select(c => c[0])]), cat([.. chunks.Select(c => c[1])]), Sum(chunks, 2), Sum(chunks, 3) };
        RandomStates.RequireSame(ghost.Run(x, dy), expected);
        RequireSameStatistics(batch, ghost);
        Assert.Equal(chunks.Length, ghost.NumBatchesTracked!.item<long>());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(100)]
    public void GhostBatchNorm_of_one_chunk_equals_BatchNorm_in_training_and_evaluation(long size)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(41);
        using var batch = random.BatchNorm(4);
        using var ghost = Like(batch, size);
        foreach (var training in new[] { true, true, false })
        {
            batch.train(training);
            ghost.train(training);
            var (x, dy) = (random.Normal(6, 4, 3), random.Normal(6, 4, 3));
            RandomStates.RequireSame(ghost.Run(x, dy), batch.Run(x, dy));
            RequireSameStatistics(batch, ghost);
        }
    }

    [Fact]
    public void Without_running_statistics_evaluation_normalizes_the_whole_batch()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(42);
        using var ghost = new GhostBatchNorm(4, 2, affine: false, trackRunningStatistics: false, dtype: ScalarType.Float64);
        var x = random.Normal(6, 4);
        ghost.eval();
        RandomStates.RequireSame([ghost.call(x)], [Normalization.Normalize(x, [0])]);
        Assert.Empty(ghost.state_dict());
    }

    [Fact]
    public void A_null_momentum_averages_all_chunks_equally()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(43);
        using var ghost = new GhostBatchNorm(4, 2, momentum: null, dtype: ScalarType.Float64);
        var x = random.Normal(6, 4);
        ghost.call(x[TensorIndex.Slice(0, 4)]);
        ghost.call(x[TensorIndex.Slice(4, 6)]);
        RandomStates.RequireSame([ghost.RunningMean!], [x.mean([0])]);
    }

    private static GhostBatchNorm Like(BatchNorm batch, long size)
    {
        var ghost = new GhostBatchNorm(batch.NumFeatures, size, batch.Eps, batch.Momentum, dtype: ScalarType.Float64);
        ghost.load_state_dict(batch.state_dict());
        return ghost;
    }

    private static Tensor Sum(Tensor[][] chunks, int index) => chunks.Select(c => c[index]).Aggregate((a, b) => a + b);

    private static void RequireSameStatistics(BatchNorm batch, GhostBatchNorm ghost) =>
        RandomStates.RequireSame([ghost.RunningMean!, ghost.RunningVariance!], [batch.RunningMean!, batch.RunningVariance!]);
}
