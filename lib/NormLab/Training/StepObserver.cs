namespace NormLab.Training;

/// <summary>
/// Measures along a training run and cannot change it: after each call the network and the random generators are what they
/// were before, see <see cref="KeptState"/>. It may therefore move weights, call the network in any
/// mode and draw random numbers.
/// <code>
/// new StepObserver("gradient norm", step => step % 10 == 0)
/// {
///     BeforeUpdate = step => step.Record("gradient norm", GradientNorm(step.Network)),
/// }
/// </code>
/// </summary>
/// <remarks>
/// Tensors made in a call end with it; <c>DetachFromDisposeScope()</c> keeps one for a later call. An observer that keeps something
/// serves one run, so each run needs its own.
/// </remarks>
/// <param name="Name">What it measures. Kept results are found by it: another measurement needs another name.</param>
/// <param name="At">Whether to look at a step, by its number from 0.</param>
public sealed record StepObserver(string Name, Func<int, bool> At)
{
    /// <summary>Called when the gradient of the step is known and the weights have not moved: w<sub>t</sub> and g<sub>t</sub>.</summary>
    public Action<TrainingStep>? BeforeUpdate { get; init; }

    /// <summary>Called when the weights have moved, with the gradient that moved them: w<sub>t+1</sub> and g<sub>t</sub>.</summary>
    public Action<TrainingStep>? AfterUpdate { get; init; }
}
