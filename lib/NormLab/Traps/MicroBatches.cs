using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Gradient accumulation: the gradient of a batch taken from one micro-batch after the other, g = Σ_k (n_k/N) ∇L_k.</summary>
/// <remarks>
/// It is the gradient of the batch where samples do not meet. Batch norm normalizes each micro-batch by itself, so what accumulates is the
/// gradient of ghost batch norm with V = size: Hoffer, Hubara and Soudry 2017, arXiv:1705.08741v2, algorithm 1.
/// </remarks>
public static class MicroBatches
{
    /// <summary>The accumulated gradient of all parameters, one after the other; the network is afterwards as it was.</summary>
    /// <param name="network">Any network, in the mode that training uses; the mode is the caller's choice.</param>
    /// <param name="batch">N images.</param>
    /// <param name="size">How many of them go through the network at a time; N for the gradient of the batch itself. A last micro-batch may be smaller.</param>
    /// <param name="objective">Which loss.</param>
    public static double[] Gradient(nn.Module<Tensor, Tensor> network, ImageSet batch, int size, Objective objective = Objective.CrossEntropy)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        network.zero_grad();
        foreach (var piece in batch.Chunks(size))
        {
            // A mean counts by its share of the samples, a sum as it is.
            var share = objective == Objective.CrossEntropy ? (double)piece.Count / batch.Count : 1;
            (share * objective.Of(network.call(piece.Images), piece.Labels)).backward();
        }

        return [.. network.parameters().SelectMany(parameter => (parameter.grad ?? zeros_like(parameter)).Numbers())];
    }

    /// <summary>How far the accumulated gradient is from that of the batch: ‖g − ∇L‖/‖∇L‖. Rounding for norms of single samples, not for batch norm.</summary>
    /// <inheritdoc cref="Gradient"/>
    public static double Gap(nn.Module<Tensor, Tensor> network, ImageSet batch, int size, Objective objective = Objective.CrossEntropy)
    {
        var whole = Gradient(network, batch, batch.Count, objective);
        var accumulated = Gradient(network, batch, size, objective);
        return Norm(accumulated.Zip(whole, (a, b) => a - b)) / Norm(whole);
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
