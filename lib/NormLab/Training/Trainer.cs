using System.Collections.Immutable;
using System.Globalization;
using NormLab.Data;
using NormLab.SmallBatch;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>Trains a network by stochastic gradient descent.</summary>
public static class Trainer
{
    /// <summary>Trains in place. Two runs with equal networks, options and images give equal numbers.</summary>
    /// <param name="network">A network from (N, 1, 28, 28) to logits (N, 10), on the images' device. It ends in evaluation mode.</param>
    /// <param name="images">The images.</param>
    /// <param name="options">What decides the run.</param>
    /// <param name="progress">Gets a line after each epoch, for example <c>Console.WriteLine</c>; the lines carry no times.</param>
    public static TrainingRun Train(nn.Module<Tensor, Tensor> network, ImageDataset images, TrainingOptions options, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Train(network, images.Train, images.Test, options, progress);
    }

    /// <inheritdoc cref="Train(nn.Module{Tensor, Tensor}, ImageDataset, TrainingOptions, Action{string})"/>
    /// <param name="train">The images to train on.</param>
    /// <param name="test">The images to evaluate on.</param>
    /// <param name="observers">What is measured along the way; the numbers are in <see cref="TrainingRun.Recorded"/>.</param>
    /// <param name="cancellation">Ends the run before its next step, with the network as it is then.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
#pragma warning disable CS1573 // The other parameters are those of the method it inherits from.
    public static TrainingRun Train(
        nn.Module<Tensor, Tensor> network, ImageSet train, ImageSet test, TrainingOptions options, Action<string>? progress = null,
        IReadOnlyList<StepObserver>? observers = null, CancellationToken cancellation = default)
#pragma warning restore CS1573
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        var epochs = ImmutableArray.CreateBuilder<Evaluation>();
        using var order = new Generator((ulong)options.Seed);
        using var steps = new Steps(network, options, observers ?? []);
        for (var epoch = 1; epoch <= options.Epochs && !steps.Finished; epoch++)
        {
            var before = steps.Log.Steps;
            network.train();
            foreach (var batch in options.ClassesPerBatch is { } classes
                ? ClassBatches.Of(train, options.BatchSize, classes, order) : train.Batches(options.BatchSize, order))
            {
                cancellation.ThrowIfCancellationRequested();
                using (batch)
                    steps.Take(batch);
                if (steps.Finished)
                    break;
            }

            steps.Log.Read();
            if (!options.TestsEachEpoch && epoch < options.Epochs && !steps.Finished)
                continue;
            network.eval();
            epochs.Add(Evaluation.Of(network, test, objective: options.Objective));
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"epoch {epoch}/{options.Epochs}: training loss {steps.Log.Losses.Skip(before).Average():F3}, test accuracy {epochs[^1].Accuracy:F3}"));
        }

        return new(options, steps.Log.Losses, epochs.ToImmutable(), steps.Log.Diverged)
        {
            Recorded = steps.Recorder.ToSeries(),
            OnTraining = options.TestsOnTraining ? Evaluation.Of(network, train, objective: options.Objective) : null,
        };
    }
}
