using NormCore;
using NormLab.Curvature;
using NormLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

public class SpectraTests
{
    [Fact]
    public void Centring_takes_out_the_mean_and_scaling_gives_the_correlation()
    {
        using var scope = NewDisposeScope();

        // Four corners of a rectangle with sides 6 and 2 about (10, 0): independent features.
        var rows = tensor(new double[,] { { 13, 1 }, { 13, -1 }, { 7, 1 }, { 7, -1 } });
        var spectrum = GramSpectrum.Of(rows);
        Assert.Equal([109, 1], spectrum.Raw.Select(value => Math.Round(value, 10)));
        Assert.Equal([9, 1], spectrum.Centred.Select(value => Math.Round(value, 10)));
        Assert.Equal([1, 1], spectrum.Standardized.Select(value => Math.Round(value, 10)));
    }

    [Fact]
    public void The_inputs_of_a_convolution_are_the_patches_under_its_kernel()
    {
        using var scope = NewDisposeScope();
        using var network = Networks.DeepCnn(null, 1, depth: 3, width: 4);
        using var x = randn(3, 1, 12, 12);
        var spectrum = GramSpectrum.Of(network, "conv1", x);
        Assert.Equal(9, spectrum.Raw.Length);

        // The trace is the mean of |patch|²: each pixel is in nine patches but at the border, where zeros stand in.
        var patches = nn.functional.unfold(x, (3, 3), padding: (1, 1));
        Assert.Equal(patches.square().sum([1L]).mean().item<float>(), spectrum.Raw.Sum(), 1e-4);
        Assert.Equal(4 * 9, GramSpectrum.Of(network, "conv2", x).Raw.Length);
        Assert.Contains("conv3", Assert.Throws<ArgumentException>(() => GramSpectrum.Of(network, "conv9", x)).Message);
    }

    [Fact]
    public void In_filter_units_curvature_before_a_batch_norm_does_not_see_the_length_of_filters()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(("a", nn.Linear(4, 3, hasBias: false)), ("norm", new BatchNorm(3, eps: 0))).to(ScalarType.Float64);
        using var generator = new Generator(1);
        using var data = new NormLab.Data.ImageSet(randn([16, 4], ScalarType.Float64, generator: generator), randn([16, 3], ScalarType.Float64, generator: generator));
        (double Raw, double Filters) Top()
        {
            using var hessian = new LossHessian(network, (z, y) => (z - y).square().mean(), data, NetworkMode.Training);
            using var scale = FilterScale.Of(network);
            return (TopCurvature.Of(hessian, 1, 18, generator).Largest, TopCurvature.Of(hessian, scale, 1, 18, generator).Largest);
        }

        var before = Top();
        using (no_grad())
            network.parameters().First().mul_(0.1);
        var after = Top();
        Assert.Equal(before.Filters, after.Filters, 1e-9);
        Assert.True(after.Raw > 2 * before.Raw, $"{before.Raw} to {after.Raw}");
    }
}
