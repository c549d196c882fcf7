using NormCore;
using NormLab.Data;
using NormLab.Invariance;
using NormLab.Models;
using NormLab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class WeightDecayTests
{
    private static readonly ImageSet Images = ImageData.Generated(64, 1).Train.Pooled();
    private static readonly TrainingOptions Decaying = new() { LearningRate = 0.1, WeightDecay = 0.5, MaxSteps = 1, BatchSize = 64 };

    private static nn.Module<Tensor, Tensor> Network() => Networks.Cnn(c => new BatchNorm(c, eps: 0), 1, [4, 8, 8]);

    private static double LossChange(params string[] starts)
    {
        var network = Network().to(float64);
        using (no_grad())
            foreach (var (name, parameter) in network.named_parameters())
                if (name.StartsWith("norm"))
                    parameter.copy_(randn(parameter.shape, generator: new(5)) + 1);
        var wide = new ImageSet(Images.Images.to(float64), Images.Labels);
        return ScaleInvariance.Of(network, wide, training: true, name => starts.Any(name.StartsWith)).LossChange;
    }

    [Fact]
    public void The_loss_sees_neither_the_length_of_a_convolution_nor_that_of_hidden_gamma_and_beta()
    {
        Assert.True(LossChange("conv") < 1e-12); // Rounding of float64.
        Assert.True(LossChange("norm1", "norm2") < 1e-12);
        Assert.True(LossChange("norm3") > 0.1);
        Assert.True(LossChange("norm1.weight") > 1e-3); // γ without β is another function.
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("conv|linear.weight", true, false)]
    [InlineData("^norm", false, true)]
    public void Only_the_named_parameters_are_decayed(string which, bool convolution, bool gamma)
    {
        // One step with decay minus one without is −ηλw₀, here −0.05 w₀; the gradient is the same. Rounding of float32.
        var (plain, decayed, start) = (Network(), Network(), Network());
        Trainer.Train(plain, Images, Images, Decaying with { WeightDecay = 0 }, cancellation: TestContext.Current.CancellationToken);
        Trainer.Train(decayed, Images, Images, Decaying with { Decayed = which }, cancellation: TestContext.Current.CancellationToken);
        AssertDecay("conv1.weight", convolution);
        AssertDecay("norm2.weight", gamma);

        void AssertDecay(string name, bool isDecayed)
        {
            using var expected = (isDecayed ? -0.05 : 0) * start.get_parameter(name)!;
            Assert.True((decayed.get_parameter(name)! - plain.get_parameter(name)!).allclose(expected, rtol: 1e-4, atol: 1e-6), name);
        }
    }
}
