using System.Collections.Immutable;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Shift;

/// <summary>
/// Internal covariate shift as the change that a layer's gradient sees when the layers before it take their step and it does not:
/// G = ∇ᵢL(W₁ᵗ, …, Wₖᵗ) against G′ = ∇ᵢL(W₁ᵗ⁺¹, …, Wᵢ₋₁ᵗ⁺¹, Wᵢᵗ, …, Wₖᵗ), on the same batch.
/// </summary>
/// <remarks>
/// Santurkar et al. 2018, arXiv:1805.11604v5, definition 2.1, which is the distance; the published figures show the cosine with it. A layer
/// is a weight of two axes or more and the vectors that follow it, such as biases and the γ and β of its normalizer.
/// </remarks>
/// <param name="Layer">The name of the weight Wᵢ. The first layer has nothing before it and no shift.</param>
/// <param name="Distance">‖G − G′‖₂.</param>
/// <param name="Relative">‖G − G′‖₂/‖G‖₂.</param>
/// <param name="Cosine">The cosine of the angle between G and G′.</param>
public sealed record GradientShift(string Layer, double Distance, double Relative, double Cosine)
{
    /// <summary>The shift of every layer but the first through one step of plain gradient descent. Nothing about the network changes.</summary>
    /// <param name="network">A network whose parameters are in the order in which its layers run.</param>
    /// <param name="loss">The loss of one batch at the network's weights of the moment. Each call sees the same buffers and random state.</param>
    /// <param name="learningRate">η of the step Wᵗ⁺¹ = Wᵗ − η G.</param>
    /// <param name="training">Whether normalizers use the statistics of the batch (training mode) or their running ones (evaluation mode).</param>
    /// <exception cref="ArgumentException">There are fewer than two layers.</exception>
    public static ImmutableArray<GradientShift> Of(nn.Module network, Func<Tensor> loss, double learningRate, bool training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        var layers = Layers(network);
        if (layers.Count < 2)
            throw new ArgumentException($"The network has {layers.Count} layers with a weight; a shift comes from one layer and is seen by a later one, so it needs two.", nameof(network));

        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        network.train(training);
        var all = layers.SelectMany(layer => layer.Parameters).ToArray();
        var steps = all.Zip(Gradients(network, loss, all)).ToDictionary(pair => pair.First, pair => pair.Second);
        var shifts = ImmutableArray.CreateBuilder<GradientShift>();
        foreach (var (before, layer) in layers.Zip(layers.Skip(1)))
        {
            Move(before.Parameters, steps, learningRate);
            shifts.Add(Between(layer.Name, steps[layer.Parameters[0]], Gradients(network, loss, [layer.Parameters[0]])[0]));
        }

        return shifts.ToImmutable();
    }

    private static GradientShift Between(string layer, Tensor gradient, Tensor shifted)
    {
        var (g, h) = (gradient.to(ScalarType.Float64), shifted.to(ScalarType.Float64));
        double Norm(Tensor tensor) => tensor.square().sum().item<double>();
        var (distance, length) = (Math.Sqrt(Norm(g - h)), Math.Sqrt(Norm(g)));
        return new(layer, distance, distance / length, (g * h).sum().item<double>() / (length * Math.Sqrt(Norm(h))));
    }

    // Each pass leaves running statistics and random state as it found them, so that passes differ by the weights alone.
    private static Tensor[] Gradients(nn.Module network, Func<Tensor> loss, Tensor[] parameters)
    {
        using var kept = KeptState.Of(network);
        using var recording = enable_grad();
        var value = loss();
        return [.. autograd.grad([value], parameters).Select(gradient => gradient.detach().clone())];
    }

    private static void Move(Tensor[] parameters, Dictionary<Tensor, Tensor> steps, double learningRate)
    {
        using var frozen = no_grad();
        foreach (var parameter in parameters)
            parameter.sub_(steps[parameter] * learningRate);
    }

    private static List<(string Name, Tensor[] Parameters)> Layers(nn.Module network)
    {
        var layers = new List<(string Name, List<Tensor> Parameters)>();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() >= 2)
                layers.Add((name, []));
            if (layers.Count == 0)
                throw new ArgumentException($"The first parameter, '{name}', has {parameter.dim()} axis; a layer starts with a weight of two axes or more, so it belongs to none.", nameof(network));
            layers[^1].Parameters.Add(parameter);
        }

        return [.. layers.Select(layer => (layer.Name, layer.Parameters.ToArray()))];
    }
}
