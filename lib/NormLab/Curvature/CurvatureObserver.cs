using System.Globalization;
using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>Follows the curvature of the loss on fixed images along a training run.</summary>
public static class CurvatureObserver
{
    /// <summary>The loss on the fixed images.</summary>
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

    /// <summary>The name of what <see cref="AtLoss"/> records.</summary>
    /// <param name="name">One of the names of this class.</param>
    /// <param name="loss">The loss that was waited for.</param>
    public static string At(string name, double loss) => $"{name} at loss {loss.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Looks before the update of given steps.</summary>
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
            BeforeUpdate = step => Look(step, name => name, images, mode, count, lanczosSteps, seed),
        };
    }

    /// <summary>
    /// Looks once, where the loss on the fixed images is first at most a given one: for comparing arms at equal loss instead of after
    /// equally many steps. A run that never gets there records nothing.
    /// </summary>
    /// <param name="images">The fixed images, which are one batch.</param>
    /// <param name="mode">Which function of the weights.</param>
    /// <param name="loss">The loss to wait for.</param>
    /// <param name="every">The loss is tried before every so many steps.</param>
    /// <param name="count">The number of eigenvalues in the top space.</param>
    /// <param name="lanczosSteps">Products of the look; a fourth as many more go into <see cref="LargestInFilterUnits"/>.</param>
    /// <param name="seed">The seed of the random starts, the same for every run.</param>
    /// <returns>An observer of one run, which records under the names that <see cref="At"/> gives.</returns>
    public static StepObserver AtLoss(ImageSet images, NetworkMode mode, double loss, int every, int count, int lanczosSteps, int seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        var looked = false;
        return new($"curvature in {mode} mode on {images.Count} images at loss {loss.ToString(CultureInfo.InvariantCulture)}, tried every {every} steps, top {count} of {lanczosSteps} steps, seed {seed}",
            step => !looked && step % every == 0)
        {
            BeforeUpdate = step =>
            {
                looked = LossOf(step, images, mode) <= loss;
                if (looked)
                    Look(step, name => At(name, loss), images, mode, count, lanczosSteps, seed);
            },
        };
    }

    private static double LossOf(TrainingStep step, ImageSet images, NetworkMode mode)
    {
        using var frozen = no_grad();
        using var inMode = new InMode(step.Network, mode);
        return step.Options.Objective.Of(step.Network.call(images.Images), images.Labels).Numbers()[0];
    }

    private static void Look(TrainingStep step, Func<string, string> named, ImageSet images, NetworkMode mode, int count, int lanczosSteps, int seed)
    {
        using var generator = new Generator((ulong)seed);
        using var hessian = new LossHessian(step.Network, (output, labels) => step.Options.Objective.Of(output, labels), images, mode);
        using var filters = FilterScale.Of(step.Network);
        var top = TopCurvature.Of(hessian, count, lanczosSteps, generator);
        step.Record(named(Loss), hessian.Loss);
        step.Record(named(Largest), top.Largest);
        step.Record(named(Last), top.Eigenvalues[^1]);
        step.Record(named(GradientEnergy), top.GradientEnergy);
        step.Record(named(Residual), top.Residuals.Max() / top.Largest);
        step.Record(named(LargestInFilterUnits), TopCurvature.Of(hessian, filters, 1, (lanczosSteps + 3) / 4, generator).Largest);
    }
}
