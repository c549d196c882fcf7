using System.Collections.Immutable;

namespace NormLab.Training;

/// <summary>What a training run measured, as plain numbers.</summary>
/// <param name="Options">What decided the run.</param>
/// <param name="Losses">The training loss of each step before its update, in nats.</param>
/// <param name="Epochs">The evaluation on the test images after each epoch, the last one perhaps cut short.</param>
/// <param name="Diverged">Whether the loss left the finite numbers; the run ends there.</param>
public sealed record TrainingRun(TrainingOptions Options, ImmutableArray<double> Losses, ImmutableArray<Evaluation> Epochs, bool Diverged)
{
    /// <summary>The evaluation at the end.</summary>
    public Evaluation Final => Epochs[^1];

    /// <summary>The share of test images that the final network gets right, 0 to 1.</summary>
    public double TestAccuracy => Final.Accuracy;
}
