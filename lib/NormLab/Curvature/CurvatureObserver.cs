using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>Follows the curvature of the loss on fixed images along a training run.</summary>
public static class CurvatureObserver
{
    /// <summary>The loss on the fixed images, in training mode.</summary>
    public const string Loss = "loss on the probe";

    /// <summary>λ₁.</summary>
    public const string Largest = "largest eigenvalue";

    /// <summary>λ₁ where every filter has length one.</summary>
    public const string LargestInFilterUnits = "largest eigenvalue in filter units";

    /// <summary>The last of the eigenvalues that <see cref="GradientEnergy"/> counts.</summary>
    public const string Last = "last of the top eigenvalues";

    /// <summary>The share of the squared gradient in the top eigenspace, 0 to 1.</summary>
    public const string GradientEnergy = "gradient energy";

    /// <summary>The largest Ritz residual of the top eigenvalues, in units of λ₁.</summary>
    public const string Residual = "residual of the top eigenvalues";

    /// <summary>Looks before the update of given steps, in training mode.</summary>
    /// <param name="images">The fixed images, which are one batch.</param>
    /// <param name="mode">Which function of the weights.</param>
    /// <param name="at">The steps.</param>
    /// <param name="count">The number of eigenvalues in the top space.</param>
    /// <param name="lanczosSteps">Products per look; a fourth as many more go into <see cref="LargestInFilterUnits"/>.</param>
    /// <param name="seed">The seed of the random starts, the same for every run and look.</param>
    public static StepObserver Of(ImageSet images, NetworkMode mode, IReadOnlyCollection<int> at, int count, int lanczosSteps, int seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new($"curvature in {mode} mode on {images.Count} images, top {count} of {lanczosSteps} steps, seed {seed}", at.Contains)
        {
            BeforeUpdate = step =>
            {
                using var generator = new Generator((ulong)seed);
                using var hessian = new LossHessian(step.Network, (output, labels) => step.Options.Objective.Of(output, labels), images, mode);
                using var filters = FilterScale.Of(step.Network);
                var top = TopCurvature.Of(hessian, count, lanczosSteps, generator);
                step.Record(Loss, hessian.Loss);
                step.Record(Largest, top.Largest);
                step.Record(Last, top.Eigenvalues[^1]);
                step.Record(GradientEnergy, top.GradientEnergy);
                step.Record(Residual, top.Residuals.Max() / top.Largest);
                step.Record(LargestInFilterUnits, TopCurvature.Of(hessian, filters, 1, (lanczosSteps + 3) / 4, generator).Largest);
            },
        };
    }
}
