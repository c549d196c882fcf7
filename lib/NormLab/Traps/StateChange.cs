using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Which entries of a network's state an action changed, by name: the test of whether something is frozen.</summary>
/// <param name="Parameters">The parameters that are no longer what they were, bit by bit.</param>
/// <param name="Buffers">The buffers, such as running statistics, that are not.</param>
public sealed record StateChange(ImmutableArray<string> Parameters, ImmutableArray<string> Buffers)
{
    /// <summary>Runs an action and says what it changed.</summary>
    /// <param name="network">Any module, or the part that should be frozen; it keeps its entries while the action runs.</param>
    /// <param name="action">For example one step of training.</param>
    public static StateChange During(nn.Module network, Action action)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(action);
        var parameters = network.named_parameters().Select(pair => Entry(pair.name, pair.parameter)).ToArray();
        var buffers = network.named_buffers().Select(pair => Entry(pair.name, pair.buffer)).ToArray();
        action();
        return new(Changed(parameters), Changed(buffers));
    }

    private static (string Name, Tensor Live, double[] Before) Entry(string name, Tensor tensor) => (name, tensor, tensor.Numbers());

    private static ImmutableArray<string> Changed((string Name, Tensor Live, double[] Before)[] entries) =>
        [.. entries.Where(entry => !entry.Live.Numbers().AsSpan().SequenceEqual(entry.Before)).Select(entry => entry.Name)];
}
