using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>What a layer inside a network computes.</summary>
public static class Activations
{
    /// <summary>Runs a batch through a network and keeps the output of one layer. The network stays in the mode it is in.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The name of the layer, for example <c>norm1</c>.</param>
    /// <param name="x">The batch, (N, 1, 28, 28).</param>
    /// <returns>The layer's output, detached; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The network has no layer of that name.</exception>
    public static Tensor Of(nn.Module<Tensor, Tensor> network, string layer, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.named_modules().FirstOrDefault(child => child.name == layer).module is not nn.Module<Tensor, Tensor> module)
            throw new ArgumentException($"The network has no layer '{layer}'; it has {string.Join(", ", network.named_modules().Select(child => child.name))}.", nameof(layer));

        Tensor? kept = null;
        using var frozen = no_grad();
        var hook = module.register_forward_hook((_, _, output) =>
        {
            // A copy: the ReLU after it may work in place.
            kept = output.detach().clone().DetachFromDisposeScope();
            return output;
        });
        try
        {
            network.call(x).Dispose();
        }
        finally
        {
            hook.remove();
        }

        return kept ?? throw new InvalidOperationException($"The network has a layer '{layer}' and did not run it.");
    }
}
