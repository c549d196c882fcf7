using NormCore.Tests.Layers;
using static TorchSharp.torch;
using TensorModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NormCore.Tests.Surgery;

public class ConversionTests
{
    private const ScalarType Double = ScalarType.Float64;

    // Name, layer of TorchSharp, shape of its input.
    public static TheoryData<string, long[]> Layers => new()
    {
        { "batch norm 1d", [5, 4] },
        { "batch norm 2d", [3, 4, 2, 5] },
        { "batch norm 3d without parameters", [3, 4, 2, 2, 3] },
        { "batch norm 1d without statistics", [5, 4, 2] },
        { "instance norm 1d, unbatched", [4, 7] },
        { "instance norm 2d with statistics", [3, 4, 2, 5] },
        { "instance norm 3d", [3, 4, 2, 2, 3] },
        { "layer norm", [3, 2, 5] },
        { "layer norm without bias", [3, 2, 5] },
        { "layer norm without parameters", [3, 2, 5] },
        { "group norm", [3, 4, 5] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_of_TorchSharp_and_its_conversion_compute_and_learn_the_same(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(61);
        using var theirs = Randomized(Theirs(name), random);
        using var ours = Conversion.FromTorchSharp(theirs)!;
        Assert.StartsWith("NormCore.", ours.GetType().FullName, StringComparison.Ordinal);
        foreach (var training in new[] { true, false, true })
        {
            theirs.train(training);
            ours.train(training);
            var (x, dy) = (random.Normal(shape).requires_grad_(), random.Normal(shape));
            // Float64, values of order 10.
            Assert.True(ours.call(x).allclose(theirs.call(x), 1e-12, 1e-12));
            foreach (var layer in new[] { theirs, ours }) (layer.call(x) * dy).sum().backward();
        }
        foreach (var (key, value) in theirs.state_dict())
            if (theirs is not TorchSharp.Modules.InstanceNorm || key != "num_batches_tracked") // TorchSharp's does not count them.
                Assert.True(ours.state_dict()[key].to(Double).allclose(value.to(Double), 1e-12, 1e-12));
        foreach (var (key, parameter) in theirs.named_parameters())
            Assert.True(ours.get_parameter(key)!.grad!.allclose(parameter.grad!, 1e-12, 1e-12));
    }

    [Fact]
    public void A_whole_model_is_converted_with_modes_types_and_what_is_learned()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(62);
        var frozen = Randomized(nn.BatchNorm1d(3, momentum: 0.3, eps: 1e-2, dtype: Double), random);
        frozen.get_parameter("bias")!.requires_grad_(false);
        frozen.eval();
        using var model = nn.Sequential(nn.Linear(4, 3, dtype: Double), nn.Sequential(frozen), nn.LayerNorm([3], dtype: ScalarType.BFloat16));
        ((TorchSharp.Modules.BatchNorm)frozen).momentum = null;
        Conversion.ToNormCore(model);
        var batchNorm = Assert.IsType<BatchNorm>(((TorchSharp.Modules.Sequential)model[1])[0]);
        Assert.Equal((1e-2, null, false), (batchNorm.Eps, batchNorm.Momentum, batchNorm.training));
        Assert.Equal((true, false), (batchNorm.Weight!.requires_grad, batchNorm.Bias!.requires_grad));
        Assert.Equal(Double, batchNorm.RunningMean!.dtype);
        var layerNorm = Assert.IsType<LayerNorm>(model[2]);
        Assert.Equal((ScalarType.BFloat16, true), (layerNorm.Weight!.dtype, layerNorm.training));
        Assert.False(frozen.get_parameter("weight")!.IsInvalid);
    }

    [Fact]
    public void Batch_norms_that_share_statistics_otherwise_compute_the_same_in_evaluation_and_back_again()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(63);
        using var batchNorm = random.BatchNorm(4, momentum: 0.3, eps: 1e-3);
        batchNorm.eval();
        using var ghost = Conversion.ToGhostBatchNorm(batchNorm, 2);
        using var sync = Conversion.ToSyncBatchNorm(batchNorm, ReplicaGroup.Alone());
        using var frozen = FrozenBatchNorm.Of(batchNorm);
        TensorModule[] layers = [ghost, sync, frozen, Conversion.ToBatchNorm(ghost), Conversion.ToBatchNorm(sync), Conversion.ToBatchNorm(frozen, 0.3)];
        var x = random.Normal(6, 4, 2);
        foreach (var layer in layers)
        {
            layer.eval();
            Assert.True(layer.call(x).Equals(batchNorm.call(x)));
            if (layer is BatchNorm back) Assert.Equal((1e-3, 0.3, true), (back.Eps, back.Momentum, back.Weight!.requires_grad));
        }
    }

    [Fact]
    public void A_group_norm_takes_the_parameters_of_a_batch_norm()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(64);
        using var batchNorm = random.BatchNorm(4, eps: 1e-3);
        using var groupNorm = Conversion.ToGroupNorm(batchNorm, 2);
        var x = random.Normal(3, 4, 5);
        var expected = nn.functional.group_norm(x, 2, batchNorm.Weight, batchNorm.Bias, 1e-3);
        Assert.True(groupNorm.call(x).allclose(expected, 1e-12, 1e-12));
    }

    [Fact]
    public void A_group_norm_of_TorchSharp_without_parameters_is_refused_with_the_reason()
    {
        using var model = nn.Sequential(nn.GroupNorm(2, 4, affine: false));
        Assert.Contains("number of channels", Assert.Throws<InvalidOperationException>(() => Conversion.ToNormCore(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversion_leaves_nothing_alive_but_its_result_which_outlives_a_scope()
    {
        using var theirs = nn.BatchNorm1d(3);
        var before = TorchSharp.DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        BatchNorm ours;
        using (NewDisposeScope()) ours = (BatchNorm)Conversion.FromTorchSharp(theirs)!;
        using (var squashed = SampleInclusiveBatchNorm.Of(ours, 8))
        using (var x = ones(2, 3))
        using (squashed.call(x))
            Assert.False(ours.Weight!.IsInvalid);
        ours.Dispose();
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static TensorModule Theirs(string name) => name switch
    {
        "batch norm 1d" => nn.BatchNorm1d(4, eps: 1e-3, momentum: 0.3, dtype: Double),
        "batch norm 2d" => nn.BatchNorm2d(4, dtype: Double),
        "batch norm 3d without parameters" => nn.BatchNorm3d(4, affine: false, dtype: Double),
        "batch norm 1d without statistics" => nn.BatchNorm1d(4, track_running_stats: false, dtype: Double),
        "instance norm 1d, unbatched" => nn.InstanceNorm1d(4, affine: true, dtype: Double),
        "instance norm 2d with statistics" => nn.InstanceNorm2d(4, affine: true, track_running_stats: true, dtype: Double),
        "instance norm 3d" => nn.InstanceNorm3d(4, dtype: Double),
        "layer norm" => nn.LayerNorm([2, 5], eps: 1e-3, dtype: Double),
        "layer norm without bias" => nn.LayerNorm([2, 5], bias: false, dtype: Double),
        "layer norm without parameters" => nn.LayerNorm([2, 5], elementwise_affine: false, dtype: Double),
        _ => nn.GroupNorm(2, 4, dtype: Double),
    };

    private static TensorModule Randomized(TensorModule layer, RandomLayers random)
    {
        using var noGradient = no_grad();
        foreach (var (name, tensor) in layer.state_dict())
            if (name != "num_batches_tracked")
                tensor.copy_(random.Normal(tensor.shape).square() + 0.5);
        return layer;
    }
}
