using NormLab.Comparisons;
using NormLab.Data;
using NormLab.Models;
using static TorchSharp.torch;

namespace NormLab.Tests.Models;

public class NetworksTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_networks_map_images_to_ten_logits(bool normalized)
    {
        using var x = randn(4, 1, 28, 28);
        Assert.Equal([4, 10], Networks.Cnn(normalized ? c => nn.BatchNorm2d(c) : null, 1).call(x).shape);
        Assert.Equal([4, 10], Networks.Mlp(normalized ? c => nn.BatchNorm1d(c) : null, 1).call(x).shape);
        Assert.Equal([4, 10], Networks.Cnn(null, 1, inputs: 3).call(x.expand(4, 3, 28, 28)).shape);
    }

    [Theory]
    [InlineData(6, new[] { 16, 16, 32, 32, 64, 64 })]
    [InlineData(8, new[] { 16, 16, 32, 32, 64, 64, 64, 64 })]
    [InlineData(12, new[] { 16, 16, 16, 32, 32, 32, 64, 64, 64, 64, 64, 64 })]
    public void Deep_networks_widen_in_three_stages(int depth, int[] channels)
    {
        var network = Networks.DeepCnn(null, 1, depth);
        Assert.Equal(channels, Enumerable.Range(1, depth).Select(number => (int)network.state_dict()[$"conv{number}.weight"].shape[0]));
        using var x = randn(2, 1, 14, 14);
        Assert.Equal([2, 10], network.call(x).shape);
        using var last = Activations.Of(network, $"conv{depth}", x);
        Assert.Equal([2, 64, 3, 3], last.shape);
    }

    [Fact]
    public void Every_named_normalizer_fits_the_convolutions_and_has_a_colour_of_its_own()
    {
        using var x = randn(4, 1, 14, 14);
        Assert.All(Normalizers.All, method => Assert.Equal([4, 10], Networks.DeepCnn(method.Layer, 1, width: 4).call(x).shape));
        Assert.Equal(Normalizers.All.Length, Normalizers.All.Select(method => NormLab.Charts.Palette.OfMethod($"{method.Name}, He")).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void A_sigmoid_network_takes_pooled_images()
    {
        using var images = ImageData.Generated(8, 1).Train.Pooled();
        Assert.Equal([8, 10], Networks.SigmoidMlp(Normalizers.BatchNorm.Layer, 1, inputs: 196).call(images.Images).shape);
    }

    [Fact]
    public void A_deep_linear_network_is_linear_and_its_data_has_the_condition_asked_for()
    {
        var network = DeepLinear.Network(null, 1);
        using var x = randn(5, 10);
        Assert.True(Compare.To("twice the output", ("at twice the input", network.call(2 * x), 2 * network.call(x))).Passed);

        var data = DeepLinear.Data(1, condition: 100);
        var singular = linalg.svdvals(linalg.lstsq(data.Images, data.Labels).Solution);
        Assert.Equal(100, singular.max().item<float>() / singular.min().item<float>(), 0.1);
    }

    [Fact]
    public void Arms_of_one_seed_start_from_the_same_weights_whatever_normalizes()
    {
        var plain = Networks.Cnn(null, 3).state_dict();
        var normalized = Networks.Cnn(c => nn.BatchNorm2d(c), 3).state_dict();
        Assert.All(new[] { "conv1.weight", "conv3.weight", "linear.weight" }, name => Assert.True(plain[name].equal(normalized[name]).all().item<bool>()));
        Assert.False(plain["conv1.weight"].allclose(Networks.Cnn(null, 4).state_dict()["conv1.weight"]));
    }

    [Theory]
    [InlineData(WeightInit.He, 2.0 / 512)]
    [InlineData(WeightInit.Glorot, 2.0 / (512 + 512))]
    public void Weights_start_with_the_variance_of_their_rule(WeightInit start, double variance)
    {
        var weight = Networks.Mlp(null, 1, [512, 512], start).state_dict()["linear2.weight"];

        // 512² weights determine a variance to √(2/512²) = 0.28 %; three times that.
        Assert.Equal(1, weight.var().item<float>() / variance, 0.0085);
    }

    [Fact]
    public void The_librarys_own_layers_fit_in()
    {
        using var x = randn(4, 1, 28, 28);
        var ours = Networks.Cnn(c => new NormCore.BatchNorm(c), 1).call(x);
        var theirs = Networks.Cnn(c => nn.BatchNorm2d(c), 1).call(x);
        Assert.True(Compare.To("TorchSharp", ("logits", ours, theirs)).Passed);
    }

    [Fact]
    public void Biases_start_at_zero_and_stand_only_where_nothing_normalizes()
    {
        Assert.Equal(0, Networks.Cnn(null, 1).state_dict()["conv1.bias"].abs().sum().item<float>());
        Assert.DoesNotContain("conv1.bias", Networks.Cnn(c => nn.BatchNorm2d(c), 1).state_dict().Keys);
    }

    [Fact]
    public void A_layer_inside_can_be_watched_once()
    {
        var network = Networks.Cnn(c => nn.BatchNorm2d(c), 1);
        using var x = randn(8, 1, 28, 28);
        using var normalized = Activations.Of(network, "norm1", x);
        Assert.Equal([8, 16, 28, 28], normalized.shape);

        // In training mode batch norm makes each channel's mean zero; float32 sums of 6272 values.
        Assert.True(normalized.mean(new long[] { 0, 2, 3 }).abs().max().item<float>() < 1e-5);
        Assert.False(normalized.requires_grad);
    }

    [Fact]
    public void A_layer_that_does_not_exist_is_answered_with_those_that_do()
    {
        var error = Assert.Throws<ArgumentException>(() => Activations.Of(Networks.Cnn(null, 1), "norm1", randn(1, 1, 28, 28)));
        Assert.Contains("conv1, relu1", error.Message);
    }
}
