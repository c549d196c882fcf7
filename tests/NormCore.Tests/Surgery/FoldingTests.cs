using NormCore.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Surgery;

public class FoldingTests
{
    // Float64 numbers of order 10 and sums of fewer than a hundred products.
    private const double Close = 1e-12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folded_linear_layer_computes_what_the_pair_computes(bool bias)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(19);
        using var linear = nn.Linear(5, 3, bias, dtype: ScalarType.Float64);
        using var batchNorm = random.BatchNorm(3);
        batchNorm.eval();
        var x = random.Normal(4, 5);
        Assert.True(Folding.Fold(linear, batchNorm).call(x).allclose(batchNorm.call(linear.call(x)), Close, Close));
    }

    [Theory]
    [InlineData(true, PaddingModes.Zeros)]
    [InlineData(false, PaddingModes.Reflect)]
    public void A_folded_two_dimensional_convolution_computes_what_the_pair_computes(bool bias, PaddingModes padding)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(20);
        using var conv = nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), padding, groups: 2, bias: bias, dtype: ScalarType.Float64);
        using var batchNorm = random.BatchNorm(6);
        batchNorm.eval();
        var x = random.Normal(2, 4, 7, 6);
        Assert.True(Folding.Fold(conv, batchNorm).call(x).allclose(batchNorm.call(conv.call(x)), Close, Close));
    }

    [Fact]
    public void A_folded_one_dimensional_convolution_with_same_padding_computes_what_the_pair_computes()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(21);
        using var conv = nn.Conv1d(2, 3, 3, Padding.Same, dtype: ScalarType.Float64);
        using var batchNorm = random.BatchNorm(3);
        batchNorm.eval();
        var x = random.Normal(2, 2, 9);
        Assert.True(Folding.Fold(conv, batchNorm).call(x).allclose(batchNorm.call(conv.call(x)), Close, Close));
    }

    public static TheoryData<string, long[]> Convolutions => new()
    {
        { "3d", [2, 4, 5, 4, 4] },
        { "transposed 1d", [2, 4, 5] },
        { "transposed 2d", [2, 4, 3, 4] },
        { "transposed 3d", [2, 4, 3, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Other_convolutions_with_groups_compute_what_the_pair_computes(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(22);
        const ScalarType Double = ScalarType.Float64;
        using TorchSharp.Modules.Convolution conv = name switch
        {
            "3d" => nn.Conv3d(4, 6, (2, 3, 1), (1, 2, 1), (1, 0, 1), (2, 1, 1), groups: 2, dtype: Double),
            "transposed 1d" => nn.ConvTranspose1d(4, 6, 3, stride: 2, padding: 1, output_padding: 1, groups: 2, dtype: Double),
            "transposed 2d" => nn.ConvTranspose2d(4, 6, (3, 2), (2, 3), (1, 0), (1, 2), (1, 2), groups: 2, bias: false, dtype: Double),
            _ => nn.ConvTranspose3d(4, 6, (1, 2, 3), (1, 2, 1), (0, 1, 1), (0, 1, 0), (1, 1, 2), groups: 2, dtype: Double),
        };
        using var batchNorm = random.BatchNorm(6);
        batchNorm.eval();
        var x = random.Normal(shape);
        Assert.True(Folding.Fold(conv, batchNorm).call(x).allclose(batchNorm.call(conv.call(x)), Close, Close));
    }

    [Fact]
    public void Folded_layers_are_new_trainable_and_outlive_a_scope()
    {
        using var linear = nn.Linear(2, 3);
        using var conv = nn.Conv2d(2, 3, 1);
        using var batchNorm = new BatchNorm(3);
        using var before = linear.weight!.detach().clone();
        nn.Module<Tensor, Tensor>[] folded;
        using (NewDisposeScope()) folded = [Folding.Fold(linear, batchNorm), Folding.Fold(conv, batchNorm)];
        Assert.True(before.Equals(linear.weight!));
        foreach (var layer in folded)
        {
            using var scope = NewDisposeScope();
            var x = layer is TorchSharp.Modules.Linear ? rand(1, 2) : rand(1, 2, 1, 1);
            layer.call(x).sum().backward();
            Assert.Equal(["bias", "weight"], layer.named_parameters().Select(parameter => parameter.name).Order(StringComparer.Ordinal));
            Assert.All(layer.parameters(), parameter => Assert.NotNull(parameter.grad));
            layer.Dispose();
        }
    }

    [Fact]
    public void Folding_leaves_nothing_alive_but_the_folded_layer()
    {
        using var linear = nn.Linear(2, 3);
        using var conv = nn.Conv2d(2, 3, 1);
        using var batchNorm = new BatchNorm(3);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Folding.Fold(linear, batchNorm).Dispose();
        Folding.Fold(conv, batchNorm).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_pair_that_cannot_be_folded_is_refused()
    {
        using var linear = nn.Linear(2, 3);
        using var untracked = new BatchNorm(3, trackRunningStatistics: false);
        using var wide = new BatchNorm(4);
        Assert.Contains("running statistics", Assert.Throws<InvalidOperationException>(() => Folding.Fold(linear, untracked)).Message, StringComparison.Ordinal);
        Assert.Contains("3 output channels", Assert.Throws<ArgumentException>(() => Folding.Fold(linear, wide)).Message, StringComparison.Ordinal);
    }
}
