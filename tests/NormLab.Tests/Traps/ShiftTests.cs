using NormCore;
using NormLab.Data;
using NormLab.Models;
using NormLab.Traps;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class ShiftTests
{
    private static readonly ImageSet Images = new(randn([32, 1, 8, 8], float64, generator: new(1)), zeros(32, int64));

    private static Tensor Logits(nn.Module<Tensor, Tensor> network, Corruption shift) => network.call(shift.Of(Images).Images);

    [Fact]
    public void A_loss_of_contrast_breaks_running_statistics_and_is_undone_exactly_by_those_of_the_images()
    {
        var network = Networks.Cnn(c => new BatchNorm(c, eps: 0), 1, [4, 8, 8]).to(float64);
        var (same, dim) = (Corruption.Contrast(1), Corruption.Contrast(0.2));
        PreciseStatistics.Population(network, [Images.Images], cancellation: TestContext.Current.CancellationToken);
        network.eval();
        using var clean = Logits(network, same);
        Assert.False(Logits(network, dim).allclose(clean, rtol: 0.1, atol: 0.1));
        PreciseStatistics.Population(network, [dim.Of(Images).Images], cancellation: TestContext.Current.CancellationToken);
        Assert.True(Logits(network, dim).allclose(clean, rtol: 1e-10, atol: 1e-10)); // Rounding of float64.
    }

    [Fact]
    public void Each_corruption_does_what_its_name_says()
    {
        using var zero = zeros(100, 100);
        Assert.Equal("brightness + 2", Corruption.Brightness(2).Name);
        Assert.True(Corruption.Brightness(2).Apply(zero).eq(2).all().item<bool>());
        var noise = Corruption.Noise(0.5, seed: 1);
        using var drawn = noise.Apply(zero);
        Assert.True(noise.Apply(zero).equal(drawn).all().item<bool>());
        Assert.Equal(0.5, drawn.std().item<float>(), 3 * 0.5 / Math.Sqrt(2 * 10_000)); // Three standard errors of a standard deviation.
        Assert.Equal(Images.Labels.Numbers(), noise.Of(Images).Labels.Numbers());
    }
}
