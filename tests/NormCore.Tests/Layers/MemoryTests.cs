using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>Live tensors are counted per thread, so these tests stay on one.</summary>
public class MemoryTests
{
    public static TheoryData<string> Actions =>
    [
        "batch norm, training", "batch norm, evaluation", "batch norm, average", "layer norm", "moments", "merge", "normalize", "affine", "refusal",
        "group norm", "instance norm", "instance norm, unbatched", "rms norm", "dynamic tanh", "local response norm", "adaptive instance norm", "root mean square", "unit vectors",
    ];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Only_the_result_stays_alive(string action)
    {
        using var random = new RandomLayers(11);
        using var batchNorm = random.BatchNorm(3, momentum: action == "batch norm, average" ? null : 0.1);
        using var layerNorm = random.LayerNorm(2);
        using var x = random.Normal(4, 3, 2).requires_grad_();
        batchNorm.train(action != "batch norm, evaluation");
        var before = Live();

        switch (action)
        {
            case "layer norm": layerNorm.call(x).Dispose(); break;
            case "moments": Moments.Of(x, 0, 2).Dispose(); break;
            case "normalize": Normalization.Normalize(x, [0, 2]).Dispose(); break;
            case "affine": Normalization.Affine(x, batchNorm.Weight, batchNorm.Bias, 1).Dispose(); break;
            case "refusal": Assert.Throws<ArgumentException>(() => Normalization.Affine(x, batchNorm.Weight, null, 2)); break;
            case "merge":
                using (var moments = Moments.Of(x, 0, 2)) moments.Merge(moments).Dispose();
                break;
            case "group norm": MakeAndCall(new GroupNorm(1, 3, dtype: ScalarType.Float64), x); break;
            case "instance norm": MakeAndCall(new InstanceNorm(3, affine: true, trackRunningStatistics: true, dtype: ScalarType.Float64), x); break;
            case "instance norm, unbatched": MakeAndCall(new InstanceNorm(4, spatialDimensions: 2), x); break;
            case "rms norm": MakeAndCall(new RmsNorm(2, dtype: ScalarType.Float64), x); break;
            case "dynamic tanh": MakeAndCall(new DynamicTanh(2, dtype: ScalarType.Float64), x); break;
            case "local response norm": MakeAndCall(new LocalResponseNorm(2), x); break;
            case "root mean square": Normalization.RootMeanSquare(x, [2]).Dispose(); break;
            case "unit vectors": VectorNormalization.Normalize(x).Dispose(); break;
            case "adaptive instance norm":
                using (var layer = new AdaptiveInstanceNorm()) layer.call(x, x).Dispose();
                break;
            default: batchNorm.call(x).Dispose(); break;
        }

        Assert.Equal(before, Live());
    }

    [Fact]
    public void A_disposed_layer_leaves_nothing_behind()
    {
        var before = Live();
        new BatchNorm(3).Dispose();
        new LayerNorm(3).Dispose();
        Assert.Equal(before, Live());
    }

    [Fact]
    public void The_result_belongs_to_the_scope_of_the_caller_and_the_input_stays_there_too()
    {
        using var layer = new BatchNorm(3, affine: false);
        Tensor x, y;
        using (NewDisposeScope())
        {
            x = zeros(0, 3);
            y = layer.call(x);
            Assert.False(x.IsInvalid);
        }
        Assert.True(x.IsInvalid);
        Assert.True(y.IsInvalid);
    }

    private static void MakeAndCall(nn.Module<Tensor, Tensor> layer, Tensor x)
    {
        using (layer) layer.call(x).Dispose();
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
