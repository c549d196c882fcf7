using CudaBenchmark.Cases;
using CudaBenchmark.Device;
using CudaBenchmark.Peers;
using CudaBenchmark.Validation;

namespace CudaBenchmark;

/// <summary>All checks, then all times.</summary>
internal static class Benchmark
{
    private const int Rounds = 3;

    /// <summary>Prints everything; false where a check failed.</summary>
    public static bool Run(BenchmarkOptions options, IReadOnlyList<NormCase> cases)
    {
        var place = new Workplace(options);
        var properties = place.Device.Properties;
        Console.WriteLine($"{properties.Name}, {properties.Architecture}, {properties.Multiprocessors} multiprocessors\n");
        string[] wrong = [.. cases.Select(row => Validator.Check(place, row, options.Elements)).OfType<string>()];
        foreach (var line in wrong) Console.WriteLine(line);
        Console.WriteLine($"{cases.Count - wrong.Length} of {cases.Count} rows agree with float64, forward and backward.\n");
        if (wrong.Length > 0 || options.OnlyValidate) return wrong.Length == 0;

        using var torch = options.Python is null ? null : new TorchPeer(options.Python, options.Device);
        ResultTable.Head(torch?.Name);
        var watch = new Stopwatch(place);
        foreach (var row in cases) ResultTable.Print(Measure(place, watch, row.Reduced(options.TimedElements), options.Runs, torch));
        return true;
    }

    private static Result Measure(Workplace place, Stopwatch watch, NormCase row, int runs, TorchPeer? torch)
    {
        try
        {
            var run = new NormRun(place, row, fill: false);
            var flushBytes = 2 * place.L2Bytes;
            var flush = place.Allocate(flushBytes);
            var rounds = new Times[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                double Time(Action operation) => watch.Median(operation, runs, flush, flushBytes);
                // Ours and torch's in turn, so that what the machine does meanwhile happens to both.
                rounds[round] = new Times(Time(run.Copy), Time(run.Forward), Time(run.Backward), torch?.Measure(row, runs));
            }
            return new Result(row, Times.Median(rounds));
        }
        finally
        {
            place.Release();
        }
    }
}
