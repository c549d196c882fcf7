using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>One step of a training run, as a <see cref="StepObserver"/> sees it.</summary>
public sealed class TrainingStep
{
    private readonly Recorder recorder;

    internal TrainingStep(int number, nn.Module<Tensor, Tensor> network, ImageSet batch, TrainingOptions options, Recorder recorder) =>
        (Number, Network, Batch, Options, this.recorder) = (number, network, batch, options, recorder);

    /// <summary>t, from 0: the weights were updated t times before this step.</summary>
    public int Number { get; }

    /// <summary>The network, in training mode; its parameters hold the gradient of this step's batch.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>The batch of this step.</summary>
    public ImageSet Batch { get; }

    /// <summary>What decides the run.</summary>
    public TrainingOptions Options { get; }

    /// <summary>η, the step size of this step.</summary>
    public double LearningRate => Options.LearningRate * Math.Pow(Options.RateFactor, Number);

    /// <summary>The loss that this step lowers, as training has computed it: at the weights before the update.</summary>
    public required double BatchLoss { get; init; }

    /// <summary>The loss of the batch at the weights and in the mode that the network has now, with its graph: a new forward pass.</summary>
    public Tensor Loss() => Options.Objective.Of(Network.call(Batch.Images), Batch.Labels);

    /// <summary>Keeps a number for <see cref="TrainingRun.Recorded"/>.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="value">The number; once per name and step.</param>
    public void Record(string name, double value) => recorder.Add(name, Number, value);
}
