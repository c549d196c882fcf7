namespace NormLab.Invariance;

/// <summary>
/// Where weight decay and gradients that are orthogonal to the weight balance: w ← (1 − ηλ) w − η g with ⟨w, g⟩ = 0 and ‖g‖ = ‖g̃‖/‖w‖ keeps
/// its length when ‖w‖⁴ = η ‖g̃‖² / (λ (2 − ηλ)), and then turns by θ = arccos(1 − ηλ) ≈ √(2ηλ) per step.
/// </summary>
/// <remarks>
/// van Laarhoven 2017, arXiv:1706.05350v1, section 4, and Kosson, Messmer and Jaggi 2024, arXiv:2305.17212v4, give the leading order; here no order is dropped.
/// </remarks>
public static class Equilibrium
{
    /// <summary>θ, in radians.</summary>
    /// <param name="rate">η.</param>
    /// <param name="decay">λ.</param>
    public static double Angle(double rate, double decay) => Math.Acos(1 - Product(rate, decay));

    /// <summary>‖w‖.</summary>
    /// <param name="rate">η.</param>
    /// <param name="decay">λ.</param>
    /// <param name="squaredGradient">The mean of ‖g̃‖², the squared norm of the gradient at ‖w‖ = 1.</param>
    public static double Length(double rate, double decay, double squaredGradient)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(squaredGradient);
        return Math.Pow(rate * squaredGradient / (decay * (2 - Product(rate, decay))), 0.25);
    }

    private static double Product(double rate, double decay) => rate > 0 && decay > 0 && rate * decay < 1 ? rate * decay
        : throw new ArgumentOutOfRangeException(nameof(decay), decay, $"The rate is {rate} and the decay {decay}; an equilibrium needs both positive and a product below 1.");
}
