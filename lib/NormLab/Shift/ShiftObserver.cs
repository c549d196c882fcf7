using System.Collections.Immutable;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Shift;

/// <summary>Records the three kinds of internal covariate shift along a training run.</summary>
public static class ShiftObserver
{
    /// <summary>
    /// Moments on fixed examples, in training mode: <c>drift</c>, the Wasserstein distance of two consecutive steps in standard deviations, mean over the layers; and per
    /// layer <c>drift NAME</c> and <c>distance NAME</c>, the latter from the first time that was looked at. It serves one run.
    /// </summary>
    /// <remarks>It also looks at each step after one that is asked for: the noise of a noisy layer changes from step to step, not within one.</remarks>
    /// <param name="layers">The names of the layers.</param>
    /// <param name="probe">The examples, (N, *).</param>
    /// <param name="every">Every how many steps, at least 2.</param>
    public static StepObserver Moments(IReadOnlyList<string> layers, Tensor probe, int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 2);
        ImmutableArray<LayerMoments> first = [], previous = [];
        return new($"moments of {string.Join(", ", layers)} every {every} steps", step => step % every <= 1)
        {
            BeforeUpdate = step =>
            {
                var now = LayerMoments.Of(step.Network, layers, probe, training: true);
                first = first.IsEmpty ? now : first;
                if (step.Number % every == 1)
                    Record(step, first, previous, now);
                previous = now;
            },
        };
    }

    /// <summary>
    /// Definition 2.1 of Santurkar et al. 2018 (see <see cref="GradientShift"/>) on the step's own batch, in training mode: <c>cosine</c>, <c>relative</c> and <c>distance</c>, means
    /// over the layers, and per layer <c>cosine NAME</c>.
    /// </summary>
    /// <param name="every">Every how many steps.</param>
    public static StepObserver Gradients(int every) => new($"gradient shift every {every} steps", step => step % every == 0)
    {
        BeforeUpdate = step =>
        {
            var shifts = GradientShift.Of(step.Network, step.Loss, step.LearningRate, training: true);
            step.Record("cosine", shifts.Average(shift => shift.Cosine));
            step.Record("relative", shifts.Average(shift => shift.Relative));
            step.Record("gradient distance", shifts.Average(shift => shift.Distance));
            foreach (var shift in shifts)
                step.Record($"cosine {shift.Layer}", shift.Cosine);
        },
    };

    private static void Record(TrainingStep step, ImmutableArray<LayerMoments> first, ImmutableArray<LayerMoments> previous, ImmutableArray<LayerMoments> now)
    {
        var drifts = previous.Zip(now, (before, after) => WassersteinDrift.Of(before, after).Relative).ToArray();
        step.Record("drift", drifts.Average());
        foreach (var (drift, layer) in drifts.Zip(now))
            step.Record($"drift {layer.Layer}", drift);
        foreach (var (start, end) in first.Zip(now))
            step.Record($"distance {end.Layer}", WassersteinDrift.Of(start, end).Relative);
    }
}
