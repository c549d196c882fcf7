using NormLab.Curvature;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Landscape;

/// <summary>The loss as a function of how far all weights are moved, as one flat vector (P). The network is left as it was, and each look sees the same buffers and random state.</summary>
internal sealed class WeightSpace(nn.Module network, Func<Tensor> loss, NetworkMode mode)
{
    private readonly Tensor[] parameters = Trainable(network);

    /// <summary>The weights that can be moved, in the order in which a flat vector has them.</summary>
    public static Tensor[] Trainable(nn.Module network)
    {
        Tensor[] parameters = [.. network.parameters().Where(parameter => parameter.requires_grad)];
        return parameters.Length > 0 ? parameters
            : throw new ArgumentException("The network has no parameter that requires a gradient: there is no direction to go.", nameof(network));
    }

    /// <summary>L(w + v).</summary>
    public double LossAt(Tensor? displacement)
    {
        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        using var frozen = no_grad();
        network.train(mode == NetworkMode.Training);
        Move(displacement);
        return Value(loss());
    }

    /// <summary>L(w + v) and its gradient there, (P), float64.</summary>
    public (double Loss, Tensor Gradient) GradientAt(Tensor? displacement)
    {
        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        network.train(mode == NetworkMode.Training);
        Move(displacement);
        using var recording = enable_grad();
        var value = loss();
        var pieces = autograd.grad([value], parameters, allow_unused: true)
            .Select((piece, i) => (piece is null || piece.IsInvalid ? zeros_like(parameters[i]) : piece).detach().flatten());
        return (Value(value), cat([.. pieces]).to(ScalarType.Float64).MoveToOuterDisposeScope());
    }

    private void Move(Tensor? displacement)
    {
        if (displacement is null)
            return;
        var size = parameters.Sum(parameter => parameter.numel());
        if (displacement.dim() != 1 || displacement.numel() != size)
            throw new ArgumentException($"The direction has shape ({string.Join(", ", displacement.shape)}); the network has {size} weights, so ({size}) is needed.", nameof(displacement));
        using var frozen = no_grad();
        var start = 0L;
        foreach (var parameter in parameters)
        {
            parameter.add_(displacement.narrow(0, start, parameter.numel()).view(parameter.shape).to(parameter.dtype));
            start += parameter.numel();
        }
    }

    private static double Value(Tensor loss) => loss.detach().to(ScalarType.Float64).item<double>();
}
