using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>What training lowers.</summary>
public enum Objective
{
    /// <summary>The mean over the batch of −log p(label), in nats; labels are class numbers (N), int64.</summary>
    CrossEntropy,

    /// <summary>Σ (output − target)² over the whole batch, not its mean; targets have the shape of the output.</summary>
    SumOfSquares,
}

/// <summary>The objectives as functions.</summary>
public static class Objectives
{
    /// <summary>The loss of a batch, a scalar with its graph.</summary>
    /// <param name="objective">What to compute.</param>
    /// <param name="output">What the network says, (N, K).</param>
    /// <param name="target">Labels (N) or targets (N, K).</param>
    public static Tensor Of(this Objective objective, Tensor output, Tensor target) => objective switch
    {
        Objective.CrossEntropy => nn.functional.cross_entropy(output, target),
        Objective.SumOfSquares => nn.functional.mse_loss(output, target, nn.Reduction.Sum),
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "There is no such objective."),
    };
}
