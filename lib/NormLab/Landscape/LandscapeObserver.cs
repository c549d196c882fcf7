using NormLab.Curvature;
using NormLab.Training;

namespace NormLab.Landscape;

/// <summary>Follows the landscape along the gradient through a training run, on the batch of each step.</summary>
public static class LandscapeObserver
{
    /// <summary><see cref="AlongTheGradient.LossRange"/>.</summary>
    public const string LossRange = "loss range";

    /// <summary><see cref="AlongTheGradient.Predictiveness"/>.</summary>
    public const string Predictiveness = "gradient predictiveness";

    /// <summary><see cref="AlongTheGradient.RelativeChange"/>.</summary>
    public const string RelativeChange = "relative gradient change";

    /// <summary><see cref="AlongTheGradient.Beta"/>.</summary>
    public const string Beta = "effective β";

    /// <summary><see cref="AlongTheGradient.RateTimesBeta"/>.</summary>
    public const string RateTimesBeta = "ηβ";

    /// <summary><see cref="AlongTheGradient.LeastCosine"/>.</summary>
    public const string LeastCosine = "least cosine";

    /// <summary><see cref="HalfProgressStep.Step"/>.</summary>
    public const string HalfProgress = "half-progress step";

    /// <summary><see cref="HalfProgressStep.RelativeProgress"/>.</summary>
    public const string RelativeProgress = "relative progress";

    /// <summary>Looks before the update of some steps, with the learning rate of the step.</summary>
    /// <param name="mode">Which function of the weights; the published statistics are those of training mode.</param>
    /// <param name="every">Every how many steps, from step 0.</param>
    /// <param name="factors">The α of <see cref="AlongTheGradient"/>.</param>
    public static StepObserver Of(NetworkMode mode, int every, IReadOnlyCollection<double> factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentNullException.ThrowIfNull(factors);
        return new($"landscape in {mode} mode every {every} steps at {string.Join(", ", factors)}", step => step % every == 0)
        {
            BeforeUpdate = step =>
            {
                var along = AlongTheGradient.Of(step.Network, step.Loss, step.LearningRate, factors, mode);
                step.Record(LossRange, along.LossRange);
                step.Record(Predictiveness, along.Predictiveness);
                step.Record(RelativeChange, along.RelativeChange);
                step.Record(Beta, along.Beta);
                step.Record(RateTimesBeta, along.RateTimesBeta);
                step.Record(LeastCosine, along.LeastCosine);
                var trusted = HalfProgressStep.Of(step.Network, step.Loss, mode);
                step.Record(HalfProgress, trusted.Step);
                step.Record(RelativeProgress, trusted.RelativeProgress);
            },
        };
    }
}
