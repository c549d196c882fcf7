using NormLab.Models;
using NormLab.Shift;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Tests.Shift;

public class ChannelNoiseTests
{
    [Theory]
    [InlineData(NoiseUnit.Absolute, 1)]
    [InlineData(NoiseUnit.Deviation, 3)]
    public void Shifts_and_factors_have_the_published_moments(NoiseUnit unit, double scale)
    {
        using var scope = NewDisposeScope();
        using var noise = new ChannelNoise(1, unit);
        const int Channels = 20_000;

        // ±3 has mean 0 and deviation 3, so that half the difference and half the sum give factor and shift.
        var x = 3 * tensor(new float[] { 1, -1, 1, -1 }).view(4, 1).expand(4, Channels);
        var single = noise.forward(x.unsqueeze(2).expand(4, Channels, 2))[.., .., 0];
        Assert.Equal([4, Channels], single.shape);
        var (sum, factor) = ((single[0] + single[1]) / 2, (single[0] - single[1]) / 6);

        // E m = 0; Var of the mean of two shifts = 1/12 + 0.2²/12/2, plus 9·0.1²/2 from the two factors; E s = 1.125, Var = 0.25²/12 + 0.1²/2 + the shifts' 2·0.2²/12/36·scale².
        var variance = scale * scale * (1 / 12.0 + 0.04 / 24) + 9 * 0.01 / 2;
        Assert.Equal(0, sum.mean().item<float>(), 4 * Math.Sqrt(variance / Channels));
        Assert.Equal(variance, sum.square().mean().item<float>(), variance * 4 * Math.Sqrt(2.0 / Channels));
        Assert.Equal(1.125, factor.mean().item<float>(), 4 * Math.Sqrt(0.013 / Channels));
    }

    [Fact]
    public void Each_step_has_its_own_noise_which_the_seed_repeats_and_evaluation_has_none()
    {
        using var scope = NewDisposeScope();
        var (one, same, other) = (new ChannelNoise(1), new ChannelNoise(1), new ChannelNoise(2));
        var x = randn(8, 4, 3, 3);
        var first = one.forward(x);
        Assert.True(first.Equals(same.forward(x)));
        Assert.False(first.Equals(other.forward(x)));
        Assert.False(first.Equals(one.forward(x)));
        Assert.True(one.forward(x[..5]).shape.SequenceEqual([5, 4, 3, 3]));
        one.eval();
        Assert.True(x.Equals(one.forward(x)));
    }

    [Fact]
    public void It_goes_after_every_layer_of_its_kind_and_keeps_the_weights()
    {
        var plain = Networks.Cnn(null, 1);
        var noisy = ChannelNoise.After<Conv2d>(plain, 1);
        Assert.Equal(["conv1-noise", "conv2-noise", "conv3-noise"], noisy.named_children().Where(child => child.module is ChannelNoise).Select(child => child.name));
        Assert.Equal(plain.named_parameters().Select(pair => pair.name), noisy.named_parameters().Select(pair => pair.name));
        noisy.eval();
        plain.eval();
        using var x = randn(2, 1, 8, 8);
        Assert.True(plain.call(x).Equals(noisy.call(x)));
    }
}
