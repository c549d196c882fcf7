using System.Reflection;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>
/// What a network is now, put back when disposed: parameters, gradients, buffers such as running statistics, modes, the state of
/// random generators that its layers have in a field, and of torch's own on the CPU.
/// <code>
/// using (KeptState.Of(network)) { network.train(); network.call(x); }
/// </code>
/// </summary>
public sealed class KeptState : IDisposable
{
    private readonly nn.Module network;
    private readonly Dictionary<string, Tensor> values;
    private readonly List<(Tensor Parameter, Tensor? Gradient)> gradients;
    private readonly List<(nn.Module Module, bool Training)> modes;
    private readonly List<(Generator Generator, Tensor State)> generators;
    private readonly Tensor random = RandomState.Read();

    private KeptState(nn.Module network)
    {
        this.network = network;
        values = Values(network).ToDictionary(value => value.Name, value => Copy(value.Tensor));
        gradients = [.. network.parameters().Select(parameter => ((Tensor)parameter, parameter.grad is { } gradient ? Copy(gradient) : null))];
        var modules = network.named_modules().Select(child => child.module).Prepend(network).ToList();
        modes = [.. modules.Select(module => (module, module.training))];
        generators = [.. modules.SelectMany(Generators).Select(generator => (generator, generator.get_state().DetachFromDisposeScope()))];
    }

    /// <summary>Remembers the network until the result is disposed.</summary>
    public static KeptState Of(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network);
    }

    /// <summary>Puts everything back.</summary>
    public void Dispose()
    {
        using var frozen = no_grad();
        // By name: a layer may have replaced a buffer by another tensor.
        foreach (var (name, live) in Values(network))
            live.copy_(values[name]);

        foreach (var (parameter, gradient) in gradients)
            parameter.grad = gradient;

        // Setting a module's mode sets its children's, so parents come first.
        foreach (var (module, training) in modes)
            module.train(training);
        foreach (var (generator, state) in generators)
            generator.set_state(state);
        RandomState.Write(random);
        foreach (var saved in values.Values.Concat(gradients.Select(pair => pair.Gradient).OfType<Tensor>()).Concat(generators.Select(pair => pair.State)).Append(random))
            saved.Dispose();
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Values(nn.Module network) =>
        network.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)).Concat(network.named_buffers().Select(pair => (pair.name, pair.buffer)));

    // There is no list of them: a layer just draws.
    private static IEnumerable<Generator> Generators(nn.Module module) => module.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.FieldType == typeof(Generator)).Select(field => field.GetValue(module)).OfType<Generator>();

    private static Tensor Copy(Tensor tensor) => tensor.detach().clone().DetachFromDisposeScope();
}
