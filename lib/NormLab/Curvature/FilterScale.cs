using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>
/// The coordinates in which every filter has length one: w = D v with D the norm of the filter that each weight belongs to.
/// A network that does not depend on the length of its filters has the same D H D whatever that length is.
/// </summary>
/// <remarks>Filters as in Li, Xu, Taylor, Studer and Goldstein (2018), arXiv:1712.09913v3, section 4. Parameters of one axis, such as γ and biases, keep their unit.</remarks>
public static class FilterScale
{
    /// <summary>The diagonal of D, in the order of <see cref="LossHessian"/>.</summary>
    /// <param name="network">Any network.</param>
    /// <returns>(P); the caller disposes it.</returns>
    public static Tensor Of(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var scales = network.parameters().Where(parameter => parameter.requires_grad).Select(parameter => parameter.dim() < 2
            ? ones_like(parameter)
            : parameter.flatten(1).norm(1, keepdim: true).expand(parameter.shape[0], parameter.numel() / parameter.shape[0])); // (out, in·kernel)
        return cat([.. scales.Select(scale => scale.flatten())]).MoveToOuterDisposeScope();
    }
}
