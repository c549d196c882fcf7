using System.CommandLine;
using System.Globalization;
using Benchmarks.Timing;
using NormLab;
using NormLab.Data;
using NormLab.Models;
using NormLab.Timing;
using NormLab.Training;
using static TorchSharp.torch;

namespace Benchmarks.Training;

/// <summary><c>epoch</c>: one epoch of notebook 01's small network with TorchSharp's layers and with ours.</summary>
internal static class EpochCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each side trains the epoch, in turn.", DefaultValueFactory = _ => 5 };
        var batchSize = new Option<int>("--batch-size") { Description = "N of each batch.", DefaultValueFactory = _ => 64 };
        var command = new Command("epoch", "Trains the small network of notebook 01 for one epoch with TorchSharp's batch norm and with ours, in turn, and compares times and losses.") { rounds, batchSize };
        command.SetAction(arguments => Run(arguments.GetValue(rounds), arguments.GetValue(batchSize)));
        return command;
    }

    private static int Run(int rounds, int batchSize)
    {
        Lab.Start(seed: 1);
        var images = ImageData.Load(train: 6400, test: 500);
        Console.WriteLine($"{Machine.Describe()}\n{images.Name}, {images.Train.Count} images, batches of {batchSize}, {rounds} rounds");

        TrainingRun? theirs = null, ours = null;
        var options = new TrainingOptions { Epochs = 1, BatchSize = batchSize };
        TrainingRun Train(Func<int, nn.Module<Tensor, Tensor>> norm)
        {
            using var network = Networks.Cnn(norm, seed: 1);
            return Trainer.Train(network, images, options);
        }
        var times = Interleaved.Rounds(rounds, () => theirs = Train(c => nn.BatchNorm2d(c)), () => ours = Train(c => new NormCore.BatchNorm(c)));

        var difference = theirs!.Losses.Zip(ours!.Losses, (a, b) => Math.Abs(a - b)).Max();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            TorchSharp's layers: {Interleaved.Median(times[0]) / 1000:F2} s an epoch, last loss {theirs.Losses[^1]:F4}
            NormCore's layers:   {Interleaved.Median(times[1]) / 1000:F2} s an epoch, last loss {ours.Losses[^1]:F4}
            TorchSharp / NormCore: {Interleaved.Ratio(times[0], times[1]):F2}
            largest difference of a step's loss: {difference:g2}
            """));
        return 0;
    }
}
