using NormCore;
using NormLab.Data;
using NormLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Invariance;

internal static class TestNetworks
{
    /// <summary>A network in float64 whose weights are all scale-invariant in training mode for ε = 0: without γ and β, and with the logits normalized too.</summary>
    public static nn.Module<Tensor, Tensor> Invariant(int seed, double eps = 0) => nn.Sequential(
        ("body", Networks.Mlp(Norm(eps), seed, [16])), ("norm", Norm(eps)(10))).to(ScalarType.Float64);

    /// <summary>Generated images in float64.</summary>
    public static ImageSet Images(int count)
    {
        var images = ImageData.Generated(count, 1).Train;
        return images with { Images = images.Images.to(ScalarType.Float64) };
    }

    private static Func<int, nn.Module<Tensor, Tensor>> Norm(double eps) => channels => new BatchNorm(channels, eps, affine: false);
}
