using static TorchSharp.torch;

namespace NormCore;

/// <summary>The modes and buffers of a model as they were when this was made; disposing it brings them back.</summary>
internal sealed class PreservedState(nn.Module model) : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] modes = [.. ModuleTree.Walk(model).Select(found => (found.Module, found.Module.training))];
    private readonly (Tensor Buffer, Tensor Saved)[] buffers = [.. model.buffers().Select(buffer => (buffer, buffer.clone().DetachFromDisposeScope()))];

    public void RestoreBuffers()
    {
        using var noGradient = no_grad();
        foreach (var (buffer, saved) in buffers) buffer.copy_(saved);
    }

    public void Dispose()
    {
        RestoreBuffers();
        // A parent's mode goes down to its children, which come after it.
        foreach (var (module, training) in modes) module.train(training);
        foreach (var (_, saved) in buffers) saved.Dispose();
    }
}
