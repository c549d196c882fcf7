using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>The average of the networks that a training run passes through, w̄ = (1/K) Σ w_k, of parameters and of running statistics.</summary>
/// <remarks>
/// Izmailov et al. 2018, arXiv:1803.05407v3, algorithm 1. Their last line is the one that is forgotten: the running statistics of w̄ are
/// neither those of the last network nor the average of all; they have to be estimated with w̄ (<see cref="NormCore.PreciseStatistics"/>).
/// </remarks>
public sealed class WeightAverage : IDisposable
{
    private readonly Dictionary<string, Tensor> parameters = [];
    private readonly Dictionary<string, Tensor> buffers = [];

    /// <summary>K.</summary>
    public int Count { get; private set; }

    /// <summary>Adds what a run is at some steps, after their update.</summary>
    /// <param name="at">Which steps, from 0.</param>
    public StepObserver Observer(Func<int, bool> at) => new("weight average", at) { AfterUpdate = step => Add(step.Network) };

    /// <summary>Takes in a network.</summary>
    public void Add(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var frozen = no_grad();
        Count++;
        foreach (var (name, parameter) in network.named_parameters())
            Add(parameters, name, parameter);
        foreach (var (name, buffer) in network.named_buffers().Where(pair => pair.buffer.is_floating_point()))
            Add(buffers, name, buffer);
    }

    /// <summary>Gives a network the averaged parameters; its running statistics stay what they are.</summary>
    public void CopyParametersTo(nn.Module network) => CopyTo(network, parameters);

    /// <summary>Gives a network the averaged parameters and the averages of the running statistics.</summary>
    public void CopyTo(nn.Module network)
    {
        CopyTo(network, parameters);
        CopyTo(network, buffers);
    }

    /// <summary>Releases the average.</summary>
    public void Dispose()
    {
        foreach (var tensor in parameters.Values.Concat(buffers.Values))
            tensor.Dispose();
    }

    private void Add(Dictionary<string, Tensor> average, string name, Tensor value)
    {
        if (average.TryGetValue(name, out var mean))
            mean.lerp_(value, 1.0 / Count);
        else
            average[name] = value.detach().clone().DetachFromDisposeScope();
    }

    private void CopyTo(nn.Module network, Dictionary<string, Tensor> values)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (Count == 0)
            throw new InvalidOperationException("The average has taken in no network yet: call Add first, or give its observer to a run.");
        using var frozen = no_grad();
        var state = network.state_dict();
        foreach (var (name, value) in values)
            state[name].copy_(value);
    }
}
