using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class BatchNormRelativesErrorTests
{
    public static TheoryData<string> Names => [.. BatchNormRelatives.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_shape_type_or_device_is_refused_with_what_is_needed(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(30);
        using var layer = BatchNormRelatives.Create(name, random, type: ScalarType.Float32);
        Assert.Contains("[3]; (N, 3, *)", Refusal(layer, rand(3)), StringComparison.Ordinal);
        Assert.Contains("[4, 5]; (N, 3, *)", Refusal(layer, rand(4, 5)), StringComparison.Ordinal);
        Assert.Contains("fractions", Refusal(layer, ones(6, 3, ScalarType.Int64)), StringComparison.Ordinal);
        Assert.Contains("must agree", Refusal(layer, ones(6, 3, ScalarType.Float64)), StringComparison.Ordinal);
        Assert.Contains("meta", Refusal(layer, empty([6, 3], device: META)), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => layer.forward(null!));
        var disposed = rand(4, 3);
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => layer.forward(disposed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_value_per_channel_is_refused_where_batch_statistics_are_used(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(31);
        using var layer = BatchNormRelatives.Create(name, random);
        var x = random.Normal(1, 3, 1);
        if (name != "frozen") Assert.Contains("more than 1 value per channel", Refusal(layer, x), StringComparison.Ordinal);
        layer.eval();
        Assert.Equal([1, 3, 1], layer.call(x).shape);
    }

    [Theory]
    [InlineData(new long[] { 7, 3 })]
    [InlineData(new long[] { 4, 3, 1 })]
    public void A_last_chunk_of_one_value_per_channel_is_refused_and_nothing_is_tracked(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = new GhostBatchNorm(3, 3);
        var message = Refusal(layer, rand(shape));
        Assert.Contains("per channel and chunk", message, StringComparison.Ordinal);
        Assert.Contains("smallest chunk here has 1", message, StringComparison.Ordinal);
        Assert.Equal(0, layer.NumBatchesTracked!.item<long>());
        Assert.Equal([7, 3, 2], layer.call(rand(7, 3, 2)).shape);
    }

    [Fact]
    public void Impossible_hyperparameters_are_refused()
    {
        foreach (var size in new long[] { 0, -3 })
        {
            Refused("numFeatures", () => new GhostBatchNorm(size, 2));
            Refused("numFeatures", () => new FrozenBatchNorm(size));
            Refused("numFeatures", () => new BatchRenorm(size));
            Refused("numFeatures", () => new LpBatchNorm(size, 2));
            Refused("virtualBatchSize", () => new GhostBatchNorm(3, size));
        }
        foreach (var eps in new[] { -1e-5, double.NaN, double.PositiveInfinity })
        {
            Refused("eps", () => new GhostBatchNorm(3, 2, eps));
            Refused("eps", () => new FrozenBatchNorm(3, eps));
            Refused("eps", () => new BatchRenorm(3, eps: eps));
            Refused("eps", () => new LpBatchNorm(3, 2, eps));
        }
        foreach (var momentum in new[] { -0.1, 1.1, double.NaN })
        {
            Refused("momentum", () => new GhostBatchNorm(3, 2, momentum: momentum));
            Refused("momentum", () => new BatchRenorm(3, momentum: momentum));
            Refused("momentum", () => new LpBatchNorm(3, 2, momentum: momentum));
        }
        foreach (var p in new[] { 0, 1.5, 3, -1, double.NaN, double.NegativeInfinity }) Refused("p", () => new LpBatchNorm(3, p));
        Assert.Throws<ArgumentException>(() => new GhostBatchNorm(3, 2, dtype: ScalarType.Int64));
        Assert.Throws<ArgumentException>(() => new FrozenBatchNorm(3, dtype: ScalarType.Int64));
        Assert.Throws<ArgumentException>(() => new BatchRenorm(3, dtype: ScalarType.Int64));
        Assert.Throws<ArgumentException>(() => new LpBatchNorm(3, 2, dtype: ScalarType.Int64));
    }

    [Fact]
    public void The_bounds_of_the_renormalization_stay_possible()
    {
        using var layer = new BatchRenorm(3);
        foreach (var bound in new[] { 0.9, -1, double.NaN }) Refused("RMax", () => layer.RMax = bound);
        foreach (var bound in new[] { -0.1, double.NaN }) Refused("DMax", () => layer.DMax = bound);
        Refused("RMax", () => new BatchRenorm(3, rMax: 0.5));
        Assert.Equal((1, 0), (layer.RMax, layer.DMax));
        (layer.RMax, layer.DMax) = (double.PositiveInfinity, 5);
        Assert.Equal((double.PositiveInfinity, 5), (layer.RMax, layer.DMax));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(double.PositiveInfinity)]
    public void Eps_of_0_is_refused_only_where_a_norm_is_0_and_then_nothing_is_tracked(double p)
    {
        using var scope = NewDisposeScope();
        using var layer = new LpBatchNorm(3, p, eps: 0);
        var x = rand(4, 3) + 1;
        Assert.False(layer.call(x).isnan().any().item<bool>());
        x[TensorIndex.Colon, 1] = 0.0;
        Assert.Contains("eps = 0", Refusal(layer, x), StringComparison.Ordinal);
        Assert.Equal(1, layer.NumBatchesTracked!.item<long>());
    }

    private static void Refused(string name, Func<object> create) =>
        Assert.Contains(name, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);

    private static string Refusal(nn.Module<Tensor, Tensor> layer, Tensor x) => Assert.Throws<ArgumentException>(() => layer.forward(x)).Message;
}
