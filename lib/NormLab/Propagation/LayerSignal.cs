using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Propagation;

/// <summary>What passes a layer in both directions.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Activation">The mean square of the layer's output.</param>
/// <param name="Gradient">Σ(∂L/∂output)² over the batch.</param>
/// <param name="Rank">The <see cref="EffectiveRank"/> of the output.</param>
/// <param name="Cosine">The mean cosine between the outputs for two different samples: 1 when the layer has forgotten which sample it saw.</param>
public sealed record LayerSignal(string Layer, double Activation, double Gradient, double Rank, double Cosine)
{
    /// <summary>Runs a batch forward and a random gradient of variance 1 back, and looks at layers on the way; the network is afterwards what it was.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="x">(N, *), N at least 2.</param>
    /// <param name="training">Whether normalizers use the statistics of the batch (training mode) or running ones.</param>
    /// <param name="layers">Which layers, by name.</param>
    /// <param name="seed">The seed of the gradient at the output.</param>
    /// <returns>In the order in which the layers ran.</returns>
    /// <exception cref="ArgumentException">No layer of such a name ran.</exception>
    public static LayerSignal[] Of(nn.Module<Tensor, Tensor> network, Tensor x, bool training, Func<string, bool> layers, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layers);
        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        using var generator = new Generator((ulong)seed);
        var seen = new List<(string Name, Tensor Output, Tensor Probe)>();
        var hooks = network.named_modules().Where(child => layers(child.name)).Select(child => (child.name, child.module as nn.Module<Tensor, Tensor>))
            .Where(child => child.Item2 is not null)
            .Select(child => child.Item2!.register_forward_hook((_, _, output) =>
            {
                // The gradient of a zero that is added is that of the output, whose own tensor Sequential disposes.
                var probe = zeros_like(output).requires_grad_().DetachFromDisposeScope();
                seen.Add((child.name, output.detach().clone().DetachFromDisposeScope(), probe));
                return output + probe;
            })).ToList();
        try
        {
            network.train(training);
            var y = network.call(x);
            y.backward([randn(y.shape, generator: generator).to(y.dtype).to(y.device)]);
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
        }

        return seen.Count > 0 ? [.. seen.Select(Of)]
            : throw new ArgumentException($"No layer was chosen; the network has {string.Join(", ", network.named_modules().Select(child => child.name))}.", nameof(layers));
    }

    private static LayerSignal Of((string Name, Tensor Output, Tensor Probe) layer)
    {
        using var scope = NewDisposeScope();
        using var output = layer.Output;
        using var probe = layer.Probe;
        var h = output.flatten(1).to(ScalarType.Float64); // (N, features)
        var unit = h / h.square().sum(new long[] { 1 }, keepdim: true).sqrt();
        var n = (double)h.shape[0];
        var cosine = (unit.sum(new long[] { 0 }).square().sum().Numbers()[0] - n) / (n * (n - 1));
        var gradient = probe.grad!.to(ScalarType.Float64).square().sum().Numbers()[0];
        return new(layer.Name, h.square().mean().Numbers()[0], gradient, EffectiveRank.Of(h), cosine);
    }
}
