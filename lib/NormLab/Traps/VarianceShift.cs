using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>The variance that a layer has learned in training over the one that it meets in evaluation, which should be 1: dropout before it makes it more.</summary>
/// <remarks>Li, Chen, Hu and Yang 2018, arXiv:1801.05134v1: "variance shift", there as evaluation over training.</remarks>
/// <param name="Layer">The layer's name.</param>
/// <param name="Ratio">σ_r²/σ², the median over the channels; evaluation gives out values smaller by 1/√Ratio.</param>
public sealed record VarianceShift(string Layer, double Ratio)
{
    /// <summary>Compares at every layer with running statistics, with everything in evaluation mode. The network stays as it is.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="x">Samples, (N, *), as many as one can.</param>
    public static ImmutableArray<VarianceShift> Of(nn.Module<Tensor, Tensor> network, Tensor x) =>
        [.. NormInputs.Visit(network, x, training: false, (name, layer, input) => new VarianceShift(name, MedianRatio(layer, input)))];

    /// <summary>What dropout directly before the layer does: 1 + p/(1−p) · E[x²]/Var[x].</summary>
    /// <param name="dropped">p, the share that is dropped, 0 ≤ p &lt; 1; what is left is divided by 1 − p.</param>
    /// <param name="meanSquare">E[x²] of the values that dropout gets.</param>
    /// <param name="variance">Var[x] of them.</param>
    public static double OfDropout(double dropped, double meanSquare, double variance)
    {
        if (dropped is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(dropped), dropped, "The share that is dropped is at least 0 and below 1.");
        return 1 + dropped / (1 - dropped) * meanSquare / variance;
    }

    private static double MedianRatio(nn.Module layer, Tensor input)
    {
        var axes = ChannelAxes.AllBut(input);
        var wide = input.to(ScalarType.Float64);
        var variance = (wide - wide.mean(axes, keepdim: true)).square().mean(axes); // (C)
        return Median.Of((layer.get_buffer("running_var")!.to(ScalarType.Float64) / variance).Numbers());
    }
}
