using NormLab.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Mechanisms;

/// <summary>
/// What batch norm does before the first step, and nothing of what it does afterwards: layer by layer, weights and bias are set so
/// that each channel of every convolution and linear layer but the last has mean 0 and variance 1 over a batch.
/// </summary>
/// <remarks>As in Krähenbühl et al. 2015, arXiv:1511.06856v3, section 3.1, and Salimans and Kingma 2016, arXiv:1602.07868v3, section 3.</remarks>
public static class DataDependentStart
{
    /// <summary>Changes the network in place.</summary>
    /// <typeparam name="TNetwork">The type of the network.</typeparam>
    /// <param name="network">A network whose convolutions and linear layers run in the order of their names, with biases.</param>
    /// <param name="x">The batch.</param>
    /// <returns>The same network.</returns>
    /// <exception cref="ArgumentException">A layer has no bias, which is needed to centre it.</exception>
    public static TNetwork Apply<TNetwork>(TNetwork network, Tensor x) where TNetwork : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(network);
        var layers = network.named_modules().Where(child => child.module is Conv2d or Linear).SkipLast(1).ToList();
        foreach (var (name, layer) in layers)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var (weight, bias) = layer is Conv2d convolution ? (convolution.weight!, convolution.bias) : (((Linear)layer).weight!, ((Linear)layer).bias);
            if (bias is null)
                throw new ArgumentException($"The layer {name} has no bias, so its channels cannot be centred. Networks without normalization have biases.", nameof(network));
            var h = Activations.Of(network, name, x);
            var axes = ChannelAxes.AllBut(h);
            var mean = h.mean(axes); // (C)
            var spread = (h - h.mean(axes, keepdim: true)).square().mean(axes).sqrt(); // (C)
            weight.div_(spread.view([-1, .. Enumerable.Repeat(1L, (int)weight.dim() - 1)]));
            bias.copy_((bias - mean) / spread);
        }

        return network;
    }
}
