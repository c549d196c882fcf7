using System.Collections.Immutable;
using System.Globalization;
using NormLab.Data;
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
#pragma warning disable CS1573 // The other parameters are those of the method it inherits from.
    public static TrainingRun Train(nn.Module<Tensor, Tensor> network, ImageSet train, ImageSet test, TrainingOptions options, Action<string>? progress = null)
#pragma warning restore CS1573
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        var losses = ImmutableArray.CreateBuilder<double>();
        var epochs = ImmutableArray.CreateBuilder<Evaluation>();
        using var order = new Generator((ulong)options.Seed);
        using var optimizer = optim.SGD(network.parameters(), options.LearningRate, options.Momentum, weight_decay: options.WeightDecay);

        bool Finished() => losses.Count >= (options.MaxSteps ?? int.MaxValue) || losses.Count > 0 && !double.IsFinite(losses[^1]);
        for (var epoch = 1; epoch <= options.Epochs && !Finished(); epoch++)
        {
            var before = losses.Count;
            network.train();
            foreach (var batch in train.Batches(options.BatchSize, order))
            {
                using (batch)
                    losses.Add(Step(network, optimizer, batch));
                if (Finished())
                    break;
            }

            network.eval();
            epochs.Add(Evaluation.Of(network, test));
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"epoch {epoch}/{options.Epochs}: training loss {losses.Skip(before).Average():F3}, test accuracy {epochs[^1].Accuracy:F3}"));
        }

        return new(options, losses.ToImmutable(), epochs.ToImmutable(), !double.IsFinite(losses[^1]));
    }

    private static double Step(nn.Module<Tensor, Tensor> network, optim.Optimizer optimizer, ImageSet batch)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(network.call(batch.Images), batch.Labels);
        var value = loss.item<float>();
        if (float.IsFinite(value))
        {
            loss.backward();
            optimizer.step();
        }

        return value;
    }
}
