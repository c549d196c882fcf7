using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Puts tensors by name into the parameters and buffers of a module, as PyTorch's load_state_dict.</summary>
public static class StateDict
{
    /// <summary>Copies each tensor into the parameter or buffer of its name, converted to the type and device that it has there.</summary>
    /// <param name="module">The module. Nothing of it changes when an error is thrown.</param>
    /// <param name="state">Tensors under PyTorch's names: the path of the layer, then weight, bias, running_mean, …</param>
    /// <param name="strict">Whether missing and unexpected names are errors; if not, what both have is copied.</param>
    /// <returns>The names of the module that the state lacks, and those of the state that the module lacks.</returns>
    /// <remarks>
    /// Unlike TorchSharp's own, the error says which names, shapes are compared (copy_ would broadcast), and a layer that stands in a
    /// Sequential twice has both its names, as in PyTorch.
    /// </remarks>
    /// <exception cref="ArgumentException">A missing or unexpected name, where strict; a tensor of another shape.</exception>
    public static (IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected) Load(nn.Module module, IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(state);
        var own = Of(module);
        string[] missing = [.. own.Keys.Where(name => !state.ContainsKey(name))];
        string[] unexpected = [.. state.Keys.Where(name => !own.ContainsKey(name))];
        List<string> errors = [];
        if (strict && missing.Length > 0) errors.Add($"the state lacks {string.Join(", ", missing)}");
        if (strict && unexpected.Length > 0) errors.Add($"the module has no {string.Join(", ", unexpected)}");
        foreach (var (name, tensor) in own)
            if (state.TryGetValue(name, out var value) && !value.shape.SequenceEqual(tensor.shape))
                errors.Add($"{name} has shape {TensorCheck.Text(value.shape)} in the state and {TensorCheck.Text(tensor.shape)} in the module");
        if (errors.Count > 0) throw new ArgumentException($"The state does not fit the module, which is unchanged: {string.Join("; ", errors)}.", nameof(state));

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, tensor) in own)
            if (state.TryGetValue(name, out var value))
                tensor.copy_(value);
        return (missing, unexpected);
    }

    private static OrderedDictionary<string, Tensor> Of(nn.Module module)
    {
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var (path, layer) in ModuleTree.Walk(module))
        {
            foreach (var (name, parameter) in layer.named_parameters(recurse: false)) state[ModuleTree.Join(path, name)] = parameter;
            foreach (var (name, buffer) in layer.named_buffers(recurse: false, include_nonpersistent: false)) state[ModuleTree.Join(path, name)] = buffer;
        }
        return state;
    }
}
