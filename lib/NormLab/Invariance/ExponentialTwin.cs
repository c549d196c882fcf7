using NormLab.Training;

namespace NormLab.Invariance;

/// <summary>
/// For a scale-invariant loss, training with weight decay λ at a constant rate η and training without decay at the growing rate
/// η (1 − ηλ)^(−2t−1) are the same run: the weights differ by the factor (1 − ηλ)ᵗ, the losses not at all.
/// </summary>
/// <remarks>
/// Li and Arora 2020, arXiv:1910.07454v3, theorem 2.1 without momentum. Every trained weight has to be scale-invariant, and ε = 0; γ, β and an
/// output layer are not, so they have to be left out or kept fixed.
/// </remarks>
public static class ExponentialTwin
{
    /// <summary>The twin without decay of a run with decay, which starts from the same weights.</summary>
    /// <exception cref="ArgumentException">There is momentum or a schedule, for which the formula does not hold, or ηλ is not below 1.</exception>
    public static TrainingOptions Of(TrainingOptions decaying)
    {
        ArgumentNullException.ThrowIfNull(decaying);
        if (decaying.Momentum != 0 || decaying.RateFactor != 1)
            throw new ArgumentException(
                $"The run has momentum {decaying.Momentum} and rate factor {decaying.RateFactor}; the twin exists for momentum 0 and a constant rate (factor 1).", nameof(decaying));
        var shrink = Shrink(decaying);
        return decaying with { LearningRate = decaying.LearningRate / shrink, RateFactor = Math.Pow(shrink, -2), WeightDecay = 0 };
    }

    /// <summary>(1 − ηλ)^(−t): how many times longer the twin's weights are after t steps.</summary>
    public static double LengthRatio(TrainingOptions decaying, int steps)
    {
        ArgumentNullException.ThrowIfNull(decaying);
        return Math.Pow(Shrink(decaying), -steps);
    }

    private static double Shrink(TrainingOptions decaying) => decaying.LearningRate * decaying.WeightDecay is var product and >= 0 and < 1 ? 1 - product
        : throw new ArgumentException($"ηλ is {decaying.LearningRate * decaying.WeightDecay}; from 1 on, one step of decay turns a weight around.", nameof(decaying));
}
