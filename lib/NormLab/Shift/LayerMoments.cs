using System.Collections.Immutable;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Shift;

/// <summary>What enters or leaves a layer on fixed examples: mean and standard deviation of each channel, as plain numbers.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Mean">μ, one per channel.</param>
/// <param name="Deviation">σ = √(Σ(a − μ)²/m), one per channel.</param>
public sealed record LayerMoments(string Layer, ImmutableArray<double> Mean, ImmutableArray<double> Deviation)
{
    /// <summary>Measures what several layers give out, in one forward pass. The network stays as it is, buffers and random state included.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">The names of the layers, for example <c>norm1</c>; their outputs have shape (N, C, *).</param>
    /// <param name="x">The examples, the same ones whenever two results are compared.</param>
    /// <param name="training">Whether normalizers use the statistics of these examples (training mode) or their running ones (evaluation mode).</param>
    /// <returns>One result per name, in their order.</returns>
    /// <exception cref="ArgumentException">The network has no layer of that name, or did not run it.</exception>
    public static ImmutableArray<LayerMoments> Of(nn.Module<Tensor, Tensor> network, IReadOnlyList<string> layers, Tensor x, bool training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layers);
        var modules = network.named_modules().ToDictionary(child => child.name, child => child.module);
        var found = new Dictionary<string, LayerMoments>();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var kept = KeptState.Of(network);
        var hooks = layers.Select(name => Find(name, modules).register_forward_hook((_, _, output) =>
        {
            found[name] = Of(name, output);
            return output;
        })).ToList();
        try
        {
            network.train(training);
            network.call(x);
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
        }

        return [.. layers.Select(name => found.GetValueOrDefault(name) ?? throw new ArgumentException($"The network has a layer '{name}' and did not run it.", nameof(layers)))];
    }

    /// <summary>The moments of one tensor.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="values">(N, C, *).</param>
    public static LayerMoments Of(string name, Tensor values)
    {
        using var scope = NewDisposeScope();
        var axes = ChannelAxes.AllBut(values);
        var wide = values.detach().to(ScalarType.Float64);
        var mean = wide.mean(axes, keepdim: true); // (1, C, 1…)
        return new(name, [.. mean.Numbers()], [.. (wide - mean).square().mean(axes).sqrt().Numbers()]);
    }

    private static nn.Module<Tensor, Tensor> Find(string name, Dictionary<string, nn.Module> modules) =>
        modules.GetValueOrDefault(name) as nn.Module<Tensor, Tensor>
        ?? throw new ArgumentException($"The network has no layer '{name}' from one tensor to one; it has {string.Join(", ", modules.Keys)}.", nameof(name));
}
