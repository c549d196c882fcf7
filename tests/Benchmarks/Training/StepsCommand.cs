using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Timing;
using NormLab;
using NormLab.Data;
using NormLab.Experiments;
using NormLab.Rendering;
using NormLab.Training;
using static TorchSharp.torch;

namespace Benchmarks.Training;

/// <summary><c>steps</c>: training steps per second of the shared loop, beside the same networks in Python.</summary>
internal static class StepsCommand
{
    private const int TestImages = 1;

    public static Command Create()
    {
        var python = new Option<string?>("--python") { Description = "A Python that has torch, e.g. /usr/bin/python3; without one its column is empty." };
        var steps = new Option<int>("--steps") { Description = "The steps of one sample.", DefaultValueFactory = _ => 100 };
        var rounds = new Option<int>("--rounds") { Description = "The samples of each side; the best counts.", DefaultValueFactory = _ => 3 };
        var processor = new Option<bool>("--processor-time") { Description = "Count by processor time, for a machine that others use too; set NORM_THREADS=1." };
        var only = new Option<string>("--only") { Description = "Only networks whose name contains this.", DefaultValueFactory = _ => "" };
        var command = new Command("steps", "Counts training steps per second (batches of 64) of the notebooks' networks: one run on all threads, beside Python's torch, and an experiment's runs side by side.") { python, steps, rounds, processor, only };
        command.SetAction(arguments => Run(arguments.GetValue(python), arguments.GetValue(steps), arguments.GetValue(rounds), arguments.GetValue(processor), arguments.GetValue(only)!));
        return command;
    }

    private static int Run(string? python, int steps, int rounds, bool processor, string only)
    {
        Lab.Start(seed: 1);
        Console.WriteLine(Machine.Describe());
        var table = new Table("network", "Python", "one run", "to Python", "experiment, torch's layers", "experiment, NormCore's layers");
        foreach (var net in StepsNetwork.All.Where(net => net.Name.Contains(only, StringComparison.Ordinal)))
        {
            using var images = net.Images();
            using var test = images.First(TestImages);
            var options = net.Options with { MaxSteps = steps };
            var ours = Enumerable.Range(0, rounds).Max(_ => One(net, images, test, options, processor));
            var theirs = python is null ? double.NaN : PythonScript.Run(
                python, "Training/steps.py", [.. net.Name.Split(' '), $"{get_num_threads()}", $"{steps}", $"{rounds}", processor ? "process_time" : "perf_counter"])[0];
            var torchLayers = Enumerable.Range(0, rounds).Max(_ => Together(net.WithTorchLayers, images, test, options, processor));
            var ourLayers = Enumerable.Range(0, rounds).Max(_ => Together(net.WithOurLayers, images, test, options, processor));
            table = table.Row(net.Name, Text(theirs), Text(ours), Text(ours / theirs, "F2"), Text(torchLayers), Text(ourLayers));
            Console.WriteLine(string.Join(" | ", table.Rows[^1]));
        }

        Console.WriteLine($"\n{table.ToMarkdown()}");
        return 0;
    }

    private static double One(StepsNetwork net, ImageSet images, ImageSet test, TrainingOptions options, bool processor)
    {
        using var network = net.WithTorchLayers(1);
        Trainer.Train(network, images, test, options with { MaxSteps = 5 });
        var start = Now(processor);
        Trainer.Train(network, images, test, options);
        return options.MaxSteps!.Value / (Now(processor) - start).TotalSeconds;
    }

    // As many seeds as threads.
    private static double Together(Func<int, nn.Module<Tensor, Tensor>> network, ImageSet images, ImageSet test, TrainingOptions options, bool processor)
    {
        var experiment = new Experiment { Arms = [new("arm", network)], Seeds = [.. Enumerable.Range(1, get_num_threads())], Options = options };
        var start = Now(processor);
        experiment.Run(images, test, progress: _ => { });
        return experiment.Seeds.Count * options.MaxSteps!.Value / (Now(processor) - start).TotalSeconds;
    }

    private static TimeSpan Now(bool processor) => processor ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

    private static string Text(double value, string format = "F0") => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
