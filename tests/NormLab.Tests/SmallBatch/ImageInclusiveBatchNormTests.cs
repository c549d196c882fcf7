using NormCore;
using NormLab.Models;
using NormLab.SmallBatch;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.SmallBatch;

public class ImageInclusiveBatchNormTests
{
    [Fact]
    public void It_normalizes_by_what_batches_of_an_image_and_a_mate_have_on_average()
    {
        using var scope = NewDisposeScope();
        const int images = 40, channels = 3;
        var x = (randn([images, channels, 4, 5], generator: new(1)) + 2 * randn([images, channels, 1, 1], generator: new(2)) - 1).to(ScalarType.Float64);
        var moments = Moments.Of(x, [0, 2, 3]);
        var layer = Layer(channels, batchSize: 2, moments.Mean, moments.Variance, Moments.Of(x.mean([2L, 3]), 0).Variance / moments.Variance.view(1, -1));

        // Every image as the mate, itself included: mates drawn with replacement, all of them.
        var pairs = stack([x.unsqueeze(1).expand(-1, images, -1, -1, -1), x.unsqueeze(0).expand(images, -1, -1, -1, -1)], 2); // (N, mate, 2, C, H, W)
        var pair = Moments.Of(pairs, [2, 4, 5]);
        var (mean, variance) = (pair.Mean.mean([1L]).view(images, channels, 1, 1), pair.Variance.mean([1L]).view(images, channels, 1, 1));
        var expected = (x - mean) / variance.sqrt() * layer.get_parameter("weight")!.view(1, -1, 1, 1) + layer.get_parameter("bias")!.view(1, -1, 1, 1);
        Assert.True(layer.call(x).allclose(expected, rtol: 1e-9, atol: 1e-9));
        Assert.False(Layer(channels, 3, moments.Mean, moments.Variance, layer.Correlation).call(x).allclose(expected, rtol: 1e-2));
    }

    [Fact]
    public void Of_single_values_it_is_the_squash()
    {
        using var scope = NewDisposeScope();
        var z = randn([50, 2], generator: new(3)) * 2;
        var layer = new ImageInclusiveBatchNorm(2, 5, eps: 0);
        Assert.True(layer.call(z).allclose(SampleInclusion.Squash(z, 5), rtol: 1e-5));
    }

    [Fact]
    public void Measuring_uses_plain_inference_in_all_layers_and_keeps_the_share_between_images()
    {
        using var scope = NewDisposeScope();
        var network = Networks.Cnn(channels => new ImageInclusiveBatchNorm(channels, 4), seed: 1, [4, 6]);
        var plain = Networks.Cnn(channels => new BatchNorm(channels), seed: 1, [4, 6]);
        plain.eval();
        var images = randn([30, 1, 8, 8], generator: new(4)) + randn([30, 1, 1, 1], generator: new(5));
        ImageInclusiveBatchNorm.Measure(network, images);
        var shares = network.modules().OfType<ImageInclusiveBatchNorm>().Select(layer => layer.Correlation).ToList();
        Assert.True(shares[1].allclose(EffectiveBatchSize.Correlation(Activations.Of(plain, "conv2", images)).clamp(0, 1), rtol: 1e-3));
        Assert.False(network.call(images).allclose(plain.call(images), rtol: 1e-2)); // Measuring is over.
    }

    [Fact]
    public void A_batch_of_one_is_refused() =>
        Assert.Contains("company", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageInclusiveBatchNorm(3, 1)).Message);

    private static ImageInclusiveBatchNorm Layer(int channels, int batchSize, Tensor mean, Tensor variance, Tensor correlation)
    {
        var layer = new ImageInclusiveBatchNorm(channels, batchSize, eps: 0);
        layer.to(ScalarType.Float64);
        using var frozen = no_grad();
        layer.get_parameter("weight")!.copy_(randn(channels, generator: new(6)));
        layer.get_parameter("bias")!.copy_(randn(channels, generator: new(7)));
        layer.get_buffer("running_mean")!.copy_(mean.view(-1));
        layer.get_buffer("running_var")!.copy_(variance.view(-1));
        layer.Correlation.copy_(correlation.view(-1));
        return layer;
    }
}
