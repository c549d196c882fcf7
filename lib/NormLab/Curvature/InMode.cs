using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>Puts a network into a mode; disposing it brings back the modes and torch's random state on the CPU.</summary>
internal sealed class InMode : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] modes;
    private readonly Tensor random = RandomState.Read();

    public InMode(nn.Module network, NetworkMode mode)
    {
        modes = [.. network.named_modules().Select(child => child.module).Prepend(network).Select(module => (module, module.training))];
        network.train(mode == NetworkMode.Training);
    }

    public void Dispose()
    {
        // Setting a module's mode sets its children's, so parents come first.
        foreach (var (module, training) in modes)
            module.train(training);
        RandomState.Write(random);
        random.Dispose();
    }
}
