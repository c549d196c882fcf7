using NormLab.Curvature;
using static TorchSharp.torch;

namespace NormLab.Landscape;

/// <summary>
/// How far the gradient can be trusted: the largest step α with L(w) − L(w − αg) ≥ ½ α‖g‖², at least half of what a straight line would
/// gain. For a quadratic function with Hessian H it is ‖g‖²/gᵀHg.
/// </summary>
/// <remarks>
/// The condition is Armijo's (1966) with the constant ½. A loss that cannot be negative bounds the step by 2L/‖g‖², where the search starts; it
/// goes down by factors of √2 until the condition holds and then halves that last factor four times, so the step is up to 2 % too short.
/// </remarks>
/// <param name="Step">α, in the unit of a learning rate; 0 where not even 10⁻⁶ of the bound will do, as at a stationary point.</param>
/// <param name="Loss">L(w).</param>
/// <param name="GradientNorm">‖g‖.</param>
public sealed record HalfProgressStep(double Step, double Loss, double GradientNorm)
{
    private const int Rungs = 40;
    private const int Refinements = 4;

    /// <summary>α‖g‖²/L, what the straight line would gain on that step as a share of the loss: from 0 to 2. It does not depend on the unit of the weights.</summary>
    public double RelativeProgress => Loss > 0 ? Step * GradientNorm * GradientNorm / Loss : 0;

    /// <summary>Searches along the gradient. Nothing about the network changes.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="loss">The loss of one batch at the network's weights of the moment, which cannot be negative.</param>
    /// <param name="mode">Which function of the weights.</param>
    /// <exception cref="ArgumentException">The loss is negative.</exception>
    public static HalfProgressStep Of(nn.Module network, Func<Tensor> loss, NetworkMode mode)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        using var scope = NewDisposeScope();
        var space = new WeightSpace(network, loss, mode);
        var (start, gradient) = space.GradientAt(null);
        if (start < 0)
            throw new ArgumentException($"The loss is {start}; the search starts at 2L/‖g‖², which bounds the step only of a loss that cannot be negative.", nameof(loss));
        var square = gradient.square().sum().item<double>();
        return new(square > 0 ? Largest(2 * start / square) : 0, start, Math.Sqrt(square));

        double Largest(double bound)
        {
            var rung = Enumerable.Range(0, Rungs + 1).FirstOrDefault(k => Suffices(bound * Math.Pow(2, -k / 2.0)), -1);
            if (rung <= 0)
                return rung < 0 ? 0 : bound;
            var (good, bad) = (bound * Math.Pow(2, -rung / 2.0), bound * Math.Pow(2, (1 - rung) / 2.0));
            for (var i = 0; i < Refinements; i++)
            {
                var middle = Math.Sqrt(good * bad);
                (good, bad) = Suffices(middle) ? (middle, bad) : (good, middle);
            }

            return good;
        }

        bool Suffices(double step)
        {
            using var inner = NewDisposeScope();
            return start - space.LossAt(gradient * -step) >= step * square / 2;
        }
    }
}
