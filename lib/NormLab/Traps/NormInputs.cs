using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Looks at what enters the layers with running statistics, PyTorch's buffers running_mean and running_var.</summary>
internal static class NormInputs
{
    /// <summary>Runs a batch and calls a function at each such layer, in the order in which they run; the network stays as it is.</summary>
    public static List<T> Visit<T>(nn.Module<Tensor, Tensor> network, Tensor x, bool training, Func<string, nn.Module<Tensor, Tensor>, Tensor, T> look)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        var found = new List<T>();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var kept = KeptState.Of(network);
        var hooks = network.named_modules().Prepend(("", network)).Select(child => (Name: child.Item1, Layer: child.Item2 as nn.Module<Tensor, Tensor>))
            .Where(child => child.Layer?.get_buffer("running_mean") is not null && child.Layer.get_buffer("running_var") is not null)
            .Select(child => child.Layer!.register_forward_hook((layer, input, output) =>
            {
                found.Add(look(child.Name, layer, input));
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

        return found.Count > 0 ? found : throw new ArgumentException("The batch reached no layer with running statistics.", nameof(network));
    }
}
