using NormCore.Tests.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore.Tests.Surgery;

public class FoldingModelsTests
{
    private const ScalarType Double = ScalarType.Float64;

    [Fact]
    public void A_whole_model_computes_the_same_without_the_batch_norms_that_follow_a_layer()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(31);
        var twice = nn.Conv2d(4, 4, 1, dtype: Double);
        using var model = nn.Sequential(
            nn.Conv2d(2, 4, 3, padding: 1, dtype: Double), random.BatchNorm(4), nn.ReLU(), random.BatchNorm(4),
            nn.Sequential(nn.ConvTranspose2d(4, 4, 2, dtype: Double), random.BatchNorm(4)), twice, random.BatchNorm(4), twice,
            nn.Flatten(), nn.Linear(4 * 36, 3, dtype: Double), random.BatchNorm(3));
        model.eval();
        var x = random.Normal(2, 2, 5, 5);
        var before = model.call(x);
        string[] names = [.. model.named_children().Select(child => child.name)];

        Assert.Same(model, Folding.FoldAll(model));

        // Float64, outputs of order 100, sums of 144 products.
        Assert.True(model.call(x).allclose(before, 1e-11, 1e-11));
        Assert.Equal(names, model.named_children().Select(child => child.name));
        Assert.All([model[1], ((Sequential)model[4])[1], model[10]], folded => Assert.IsType<Identity>(folded));
        // After an activation, and after a layer that is used elsewhere too.
        Assert.All([model[3], model[6]], kept => Assert.IsType<BatchNorm>(kept));
    }

    [Fact]
    public void A_batch_norm_in_training_mode_is_refused_and_nothing_is_changed()
    {
        using var model = nn.Sequential(nn.Linear(2, 3), new BatchNorm(3));
        Assert.Contains("'1' is in training mode", Assert.Throws<InvalidOperationException>(() => Folding.FoldAll(model)).Message, StringComparison.Ordinal);
        Assert.IsType<BatchNorm>(model[1]);
    }

    [Fact]
    public void Before_a_convolution_a_batch_norm_folds_without_padding_and_with_zero_padding_fails_at_the_border_only()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(32);
        using var batchNorm = random.BatchNorm(2);
        batchNorm.eval();
        var (weight, x) = (random.Normal(3, 2, 3, 3), random.Normal(2, 2, 6, 6));
        var a = batchNorm.Weight! / (batchNorm.RunningVariance! + 1e-5).sqrt();
        var shift = batchNorm.Bias! - a * batchNorm.RunningMean!;
        var foldedWeight = weight * a.view(1, 2, 1, 1);
        var foldedBias = (weight * shift.view(1, 2, 1, 1)).sum([1, 2, 3]);
        Tensor Error(long padding) => (nn.functional.conv2d(x, foldedWeight, foldedBias, padding: [padding, padding])
            - nn.functional.conv2d(batchNorm.call(x), weight, padding: [padding, padding])).abs();

        // Float64, outputs of order 10, sums of 18 products.
        Assert.True(Error(0).max().item<double>() < 1e-12);
        var padded = Error(1);
        Assert.True(padded[.., .., 1..^1, 1..^1].max().item<double>() < 1e-12);
        Assert.True(padded[.., .., 0].min().item<double>() > 1e-3);
    }
}
