using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Distributed;

public class SyncBatchNormTests
{
    // Numbers of order 1 in float64; some ten roundings of 1e-16 in each of a few hundred added terms.
    private const double Tolerance = 1e-12;

    public static TheoryData<string> ShardSizes => ["6", "3 5", "1 1", "0 4", "4 0 0 3", "0 1 0 1", "2 1 1 5 1", "0 0"];

    [Theory]
    [MemberData(nameof(ShardSizes))]
    public void Shards_together_equal_batch_norm_of_their_concatenation(string shards)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(21);
        var sizes = shards.Split(' ').Select(long.Parse).ToArray();
        foreach (var space in new long[][] { [], [5], [2, 3], [2, 1, 3] })
        {
            using var whole = random.BatchNorm(3);
            var (x, dy) = (random.Normal([sizes.Sum(), 3, .. space]), random.Normal([sizes.Sum(), 3, .. space]));
            RequireEqual(whole, x, dy, sizes);
        }
    }

    [Fact]
    public void Random_shards_equal_batch_norm_of_their_concatenation()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(22);
        var numbers = new Random(22);
        for (var trial = 0; trial < 60; trial++)
        {
            var sizes = Enumerable.Range(0, numbers.Next(1, 6)).Select(_ => (long)numbers.Next(0, 5)).ToArray();
            var space = Enumerable.Range(0, numbers.Next(0, 3)).Select(_ => (long)numbers.Next(1, 4)).ToArray();
            sizes[^1] += 2;
            var channels = numbers.Next(1, 5);
            using var whole = random.BatchNorm(channels, momentum: trial % 3 == 0 ? null : 0.1);
            long[] shape = [sizes.Sum(), channels, .. space];
            RequireEqual(whole, random.Normal(shape) * 2 + 3, random.Normal(shape), sizes);
        }
    }

    [Fact]
    public void Second_derivatives_equal_those_of_batch_norm()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(23);
        using var whole = random.BatchNorm(2);
        var (x, dy, v) = (random.Normal(7, 2, 3), random.Normal(7, 2, 3), random.Normal(7, 2, 3));
        var state = whole.state_dict();
        long[] sizes = [2, 0, 4, 1];
        var shards = OnReplicas.Run(4, group =>
        {
            using var layer = new SyncBatchNorm(2, group, dtype: ScalarType.Float64);
            layer.load_state_dict(state);
            return HessianProduct(layer, x.split(sizes)[group.Rank], dy.split(sizes)[group.Rank], v.split(sizes)[group.Rank]);
        });
        var expected = HessianProduct(whole, x, dy, v);
        Assert.True(ShardedRun.MaxDifference(cat([.. shards]), expected) < 10 * Tolerance);
        Assert.True(expected.abs().max().item<double>() > 0.1);
    }

    // d/dx of <v, d/dx sum(y^2 dy)>: curved even where normalization itself is not.
    private static Tensor HessianProduct(nn.Module<Tensor, Tensor> layer, Tensor x, Tensor dy, Tensor v)
    {
        var input = x.detach().requires_grad_();
        var loss = (layer.call(input).square() * dy).sum();
        var gradient = autograd.grad([loss], [input], create_graph: true, retain_graph: true)[0];
        return autograd.grad([(gradient * v).sum()], [input])[0];
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Narrow_types_are_as_good_as_batch_norm_in_them(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(24);
        using var whole = random.BatchNorm(3, type: type);
        var (x, dy) = (random.Normal(9, 3, 4).to(type), random.Normal(9, 3, 4).to(type));
        var sharded = ShardedRun.Concatenated(ShardedRun.Shards(whole, x, dy, [4, 0, 5]));
        var expected = ShardedRun.Whole(whole, x, dy);
        // Both are within some twenty roundings of the exact answer; sums over 36 elements of order 1 reach 30.
        foreach (var ((name, actual), (_, value)) in sharded.All.Zip(expected.All))
            Assert.True(ShardedRun.MaxDifference(actual, value) <= 40 * finfo(value.dtype).eps * (1 + value.abs().max().to(ScalarType.Float64).item<double>()), name);
    }

    [Fact]
    public void A_mean_of_a_million_in_float32_costs_no_digits()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(25);
        using var exact = random.BatchNorm(3);
        using var layer = random.BatchNorm(3, type: ScalarType.Float32);
        layer.load_state_dict(exact.state_dict());
        exact.load_state_dict(layer.state_dict()); // the same numbers in both: parameters rounded to float32
        var x = (random.Normal(64, 3, 5) + 1e6).to(ScalarType.Float32);
        var dy = random.Normal(64, 3, 5).to(ScalarType.Float32);
        var expected = ShardedRun.Whole(exact, x.to(ScalarType.Float64), dy.to(ScalarType.Float64));
        var shards = ShardedRun.Shards(layer, x, dy, [30, 1, 33]);
        var actual = ShardedRun.Concatenated(shards);
        // x - c is exact; from there on k = 10 + 2 log2(320) < 27 roundings of 1.2e-7 on terms of order 10.
        Assert.True(ShardedRun.MaxDifference(actual.Y, expected.Y) < 27 * 1.2e-7 * 10);
        Assert.True(ShardedRun.MaxDifference(actual.GradInput, expected.GradInput) < 27 * 1.2e-7 * 10);
        Assert.True(ShardedRun.MaxDifference(actual.RunningVariance, expected.RunningVariance) < 27 * 1.2e-7 * 10);
        // The running mean itself is a float32 number near 1e5.
        Assert.True(ShardedRun.MaxDifference(actual.RunningMean, expected.RunningMean) < 1e5 * 3e-7);
        Assert.All(shards, shard => Assert.True(shard.RunningMean.Equals(actual.RunningMean) && shard.RunningVariance.Equals(actual.RunningVariance)));
    }

    [Fact]
    public void An_infinite_element_stays_in_its_channel_and_its_mean_is_infinite()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(26);
        using var whole = random.BatchNorm(3);
        var x = random.Normal(6, 3);
        x[4, 1] = double.PositiveInfinity;
        var dy = random.Normal(6, 3);
        var sharded = ShardedRun.Concatenated(ShardedRun.Shards(whole, x, dy, [3, 3]));
        var expected = ShardedRun.Whole(whole, x, dy);
        foreach (var ((name, actual), (_, value)) in sharded.All.Zip(expected.All))
            Assert.True(actual.allclose(value, 0, Tolerance, equal_nan: true), name);
    }

    [Fact]
    public void Evaluation_is_that_of_batch_norm_and_exchanges_nothing()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(27);
        using var whole = random.BatchNorm(3);
        var x = random.Normal(5, 3, 2);
        whole.eval();
        var expected = whole.call(x);
        var state = whole.state_dict();
        var outputs = OnReplicas.Run(2, group =>
        {
            using var layer = new SyncBatchNorm(3, group, dtype: ScalarType.Float64);
            layer.load_state_dict(state);
            layer.eval();
            return group.Rank == 0 ? layer.call(x) : null;
        });
        Assert.True(outputs[0]!.Equals(expected));
    }

    [Fact]
    public void One_value_per_channel_of_all_replicas_together_is_refused_on_all()
    {
        using var scope = NewDisposeScope();
        var refused = 0;
        var error = Assert.Throws<ArgumentException>(() => OnReplicas.Run(3, group =>
        {
            using var layer = new SyncBatchNorm(2, group);
            try
            {
                layer.call(rand(group.Rank == 1 ? 1 : 0, 2));
            }
            catch (ArgumentException)
            {
                Interlocked.Increment(ref refused);
                throw;
            }
        }));
        Assert.Contains("more than 1 value per channel", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, refused);
    }

    private static void RequireEqual(BatchNorm whole, Tensor x, Tensor dy, long[] sizes)
    {
        var shards = ShardedRun.Shards(whole, x, dy, sizes);
        var expected = ShardedRun.Whole(whole, x, dy);
        foreach (var ((name, actual), (_, value)) in ShardedRun.Concatenated(shards).All.Zip(expected.All))
        {
            Assert.Equal(value.shape, actual.shape);
            Assert.True(ShardedRun.MaxDifference(actual, value) <= Tolerance, $"{name} of shards {string.Join(", ", sizes)} of {string.Join("x", x.shape)}");
        }
        Assert.All(shards, shard => Assert.True(shard.RunningMean.Equals(shards[0].RunningMean) && shard.RunningVariance.Equals(shards[0].RunningVariance)));
    }
}
