using System.Collections.Immutable;
using NormLab.Curvature;
using static TorchSharp.torch;

namespace NormLab.Landscape;

/// <summary>The loss and its gradient along the gradient: at w − αηg for several α, on the batch and in the mode that gave g.</summary>
/// <remarks>
/// Santurkar, Tsipras, Ilyas and Madry (2018), arXiv:1805.11604v5, section 3.2 and appendix A.2, who take α from 1/2 to 4. The cosine, the
/// relative change and ηβ are not theirs: they do not change when the loss is multiplied by a constant.
/// </remarks>
/// <param name="LearningRate">η.</param>
/// <param name="Loss">L(w).</param>
/// <param name="GradientNorm">‖g‖ with g = ∇L(w).</param>
/// <param name="Points">What was found at each α.</param>
public sealed record AlongTheGradient(double LearningRate, double Loss, double GradientNorm, ImmutableArray<PointAlongTheGradient> Points)
{
    /// <summary>max L − min L over the points, in the unit of the loss.</summary>
    public double LossRange => Points.Max(point => point.Loss) - Points.Min(point => point.Loss);

    /// <summary>max ‖g(α) − g‖, the "gradient predictiveness": the smaller, the better a gradient predicts the next.</summary>
    public double Predictiveness => Points.Max(point => point.GradientDistance);

    /// <summary>max ‖g(α) − g‖/‖g‖.</summary>
    public double RelativeChange => Predictiveness / GradientNorm;

    /// <summary>The effective β = max ‖g(α) − g‖/(αη‖g‖), at most the largest curvature on the way.</summary>
    public double Beta => Points.Max(point => point.GradientDistance / (point.Factor * LearningRate * GradientNorm));

    /// <summary>ηβ: gradient descent on a quadratic function is stable up to 2.</summary>
    public double RateTimesBeta => LearningRate * Beta;

    /// <summary>The smallest cosine of the angle between g(α) and g.</summary>
    public double LeastCosine => Points.Min(point => point.Cosine);

    /// <summary>Walks along the gradient. Nothing about the network changes.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="loss">The loss of one batch at the network's weights of the moment.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="factors">The α, each above 0.</param>
    /// <param name="mode">Which function of the weights; the published statistics are those of training mode.</param>
    public static AlongTheGradient Of(nn.Module network, Func<Tensor> loss, double learningRate, IReadOnlyCollection<double> factors, NetworkMode mode)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        if (factors.Count == 0 || factors.Any(factor => !(factor > 0)))
            throw new ArgumentException($"The factors are {string.Join(", ", factors)}; at least one is needed and each must be above 0, since at 0 the gradient is compared with itself.", nameof(factors));
        using var scope = NewDisposeScope();
        var space = new WeightSpace(network, loss, mode);
        var (start, gradient) = space.GradientAt(null);
        var norm = Norm(gradient);
        return new(learningRate, start, norm, [.. factors.Select(Point)]);

        PointAlongTheGradient Point(double factor)
        {
            using var inner = NewDisposeScope();
            var (value, moved) = space.GradientAt(gradient * (-factor * learningRate));
            return new(factor, value, Norm(moved - gradient), moved.dot(gradient).item<double>() / (norm * Norm(moved)));
        }
    }

    private static double Norm(Tensor vector) => Math.Sqrt(vector.square().sum().item<double>());
}

/// <summary>A point w − αηg.</summary>
/// <param name="Factor">α.</param>
/// <param name="Loss">L(w − αηg).</param>
/// <param name="GradientDistance">‖g(α) − g‖ with g(α) = ∇L(w − αηg).</param>
/// <param name="Cosine">The cosine of the angle between g(α) and g.</param>
public readonly record struct PointAlongTheGradient(double Factor, double Loss, double GradientDistance, double Cosine);
