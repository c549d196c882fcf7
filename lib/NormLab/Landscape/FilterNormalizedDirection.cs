using static TorchSharp.torch;

namespace NormLab.Landscape;

/// <summary>Random directions in which every filter moves by its own length, so that networks with filters of different size can be compared.</summary>
/// <remarks>
/// Li, Xu, Taylor, Studer and Goldstein (2018), arXiv:1712.09913v3, section 4: d ← d·‖w‖/‖d‖ for each filter. Parameters of one axis, such as
/// biases, γ and β, do not move here.
/// </remarks>
public static class FilterNormalizedDirection
{
    /// <summary>Draws a direction.</summary>
    /// <param name="network">Any network; a filter is what a weight of two axes or more has per output.</param>
    /// <param name="generator">The source of the draw, on the CPU. Networks with the same weights' shapes in the same order get the same draw.</param>
    /// <returns>(P), the parameters that require gradients one after the other; the caller disposes it.</returns>
    public static Tensor Of(nn.Module network, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var pieces = WeightSpace.Trainable(network).Select(weight => weight.dim() < 2 ? zeros_like(weight).flatten() : Filters(weight, generator).flatten());
        return cat([.. pieces]).MoveToOuterDisposeScope();
    }

    private static Tensor Filters(Tensor weight, Generator generator)
    {
        var filters = weight.flatten(1); // (out, in·kernel)
        var draw = randn(filters.shape, generator: generator).to(weight.dtype, weight.device);
        return draw * (filters.norm(1, keepdim: true) / draw.norm(1, keepdim: true));
    }
}
