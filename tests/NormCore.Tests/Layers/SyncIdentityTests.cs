using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class SyncIdentityTests
{
    // As in IdentityTests: some thirty roundings of u, ten times the largest |y|, a hundred times 1/σ, and here the sums of gradients.
    private const double Close = 7e-12;

    [Fact]
    public void Synchronized_batch_norm_of_shards_is_batch_norm_of_their_concatenation()
    {
        var numbers = new Random(53);
        using var random = new RandomLayers(54);
        for (var i = 0; i < 50; i++)
        {
            using var scope = NewDisposeScope();
            long[] sizes = [.. Enumerable.Range(0, numbers.Next(2, 5)).Select(_ => (long)numbers.Next(0, 5)), 3]; // a replica may be without samples
            long[] shape = [sizes.Sum(), .. Enumerable.Range(0, numbers.Next(1, 5)).Select(_ => (long)numbers.Next(1, 6))];
            var batch = random.BatchNorm(shape[1]);
            var before = batch.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
            var (x, dy) = (random.Normal(shape) * 2 + 1, random.Normal(shape));
            var (xs, dys) = (x.split(sizes), dy.split(sizes));

            var shards = Replicas.Run(sizes.Length, group =>
            {
                using var inner = NewDisposeScope();
                using var layer = new SyncBatchNorm(shape[1], group, dtype: ScalarType.Float64);
                layer.load_state_dict(before);
                Tensor[] results = [.. Gradients.Of(layer, xs[group.Rank], dys[group.Rank]), layer.RunningMean!, layer.RunningVariance!];
                return results.Select(result => result.clone().DetachFromDisposeScope()).ToArray();
            }, cancellationToken: TestContext.Current.CancellationToken);

            Tensor[] expected = [.. Gradients.Of(batch, x, dy), batch.RunningMean!, batch.RunningVariance!];
            Tensor[] actual = [.. expected.Select((_, t) => t switch
            {
                0 or 1 => cat([.. shards.Select(shard => shard[t])]), // y and dx lie one behind the other
                2 or 3 => stack(shards.Select(shard => shard[t])).sum([0L]), // dγ and dβ are shares
                _ => shards[0][t], // and the running statistics are the same everywhere
            })];
            var difference = Gradients.Difference(actual, expected, Close);
            Assert.True(difference is null, $"[{string.Join(", ", shape)}] in shards of [{string.Join(", ", sizes)}]: {difference}");
            foreach (var result in shards.SelectMany(shard => shard)) result.Dispose();
        }
    }
}
