using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NormLab.Training;

/// <summary>What a training run measured, as plain numbers.</summary>
/// <param name="Options">What decided the run.</param>
/// <param name="Losses">The training loss of each step before its update: <c>Losses[t]</c> is that of step t, at weights that were updated t times.</param>
/// <param name="Epochs">The evaluation on the test images after each epoch, the last one perhaps cut short.</param>
/// <param name="Diverged">Whether the loss left the finite numbers; it is then the last of the losses.</param>
public sealed record TrainingRun(TrainingOptions Options, ImmutableArray<double> Losses, ImmutableArray<Evaluation> Epochs, bool Diverged)
{
    /// <summary>What observers recorded, by name.</summary>
    public ImmutableSortedDictionary<string, StepSeries> Recorded { get; init; } = ImmutableSortedDictionary<string, StepSeries>.Empty;

    /// <summary>The evaluation on the training images at the end, where <see cref="TrainingOptions.TestsOnTraining"/> asked for it.</summary>
    public Evaluation? OnTraining { get; init; }

    /// <summary>The evaluation at the end.</summary>
    [JsonIgnore]
    public Evaluation Final => Epochs[^1];

    /// <summary>The share of test images that the final network gets right, 0 to 1.</summary>
    [JsonIgnore]
    public double TestAccuracy => Final.Accuracy;

    /// <summary>The mean training loss of the last steps; +∞ for a run that diverged, which so ranks behind all others.</summary>
    /// <param name="steps">How many steps, at least 1; a shorter run gives the mean of all it has.</param>
    public double LateLoss(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Diverged ? double.PositiveInfinity : Losses.TakeLast(steps).Average();
    }
}
