using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class BatchNormTests
{
    [Fact]
    public void State_dict_has_the_keys_of_PyTorch()
    {
        using var layer = new BatchNorm(3);
        Assert.Equal(["bias", "num_batches_tracked", "running_mean", "running_var", "weight"], layer.state_dict().Keys.Order(StringComparer.Ordinal));
        using var bare = new BatchNorm(3, affine: false, trackRunningStatistics: false);
        Assert.Empty(bare.state_dict());
    }

    [Fact]
    public void A_saved_state_goes_back_into_another_layer()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(5);
        using var saved = random.BatchNorm(4);
        using var restored = new BatchNorm(4, dtype: ScalarType.Float64);
        restored.load_state_dict(saved.state_dict());
        var x = random.Normal(6, 4);
        saved.eval();
        restored.eval();
        Assert.True(saved.call(x).Equals(restored.call(x)));
    }

    [Fact]
    public void A_converted_layer_computes_with_its_converted_parameters_and_statistics()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(6);
        using var layer = random.BatchNorm(4);
        var x = random.Normal(6, 4);
        layer.eval();
        var before = layer.call(x);
        layer.to(ScalarType.Float32);
        Assert.Equal(ScalarType.Float32, layer.RunningMean!.dtype);
        // Seven roundings of 6e-8 on numbers of order 10.
        Assert.True(layer.call(x.to(ScalarType.Float32)).to(ScalarType.Float64).allclose(before, 1e-5, 1e-5));
    }

    [Fact]
    public void A_layer_made_inside_a_dispose_scope_outlives_it()
    {
        BatchNorm layer;
        using (NewDisposeScope()) layer = new BatchNorm(2);
        using (layer)
        using (var x = rand(3, 2))
        using (var y = layer.call(x))
            Assert.Equal(1, layer.NumBatchesTracked!.item<long>());
    }

    [Fact]
    public void Evaluation_leaves_the_running_statistics_alone()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(7);
        using var layer = random.BatchNorm(3);
        var before = layer.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        layer.eval();
        layer.call(random.Normal(5, 3));
        Assert.All(before, pair => Assert.True(pair.Value.Equals(layer.state_dict()[pair.Key])));
    }

    [Fact]
    public void A_null_momentum_averages_all_batches_equally()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(8);
        using var layer = random.BatchNorm(2, momentum: null);
        var batches = Enumerable.Range(0, 5).Select(_ => random.Normal(4, 2)).ToArray();
        foreach (var batch in batches) layer.call(batch);
        var average = stack(batches.Select(batch => batch.mean([0]))).mean([0]);
        Assert.True(layer.RunningMean!.allclose(average, 1e-14, 1e-14));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Half_precision_layers_keep_their_statistics_in_float32(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(2, dtype: type);
        Assert.Equal(ScalarType.Float32, layer.RunningMean!.dtype);
        Assert.Equal(type, layer.call(rand(4, 2).to(type)).dtype);
    }

    [Fact]
    public void The_input_may_have_any_memory_layout()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(9);
        using var layer = random.BatchNorm(3);
        var x = random.Normal(4, 5, 6, 3).permute(0, 3, 1, 2); // (N, H, W, C) → (N, C, H, W)
        Assert.True(layer.call(x).allclose(layer.call(x.contiguous()), 1e-13, 1e-13));
    }
}
