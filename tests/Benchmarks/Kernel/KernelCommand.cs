using System.CommandLine;
using Benchmarks.Timing;
using NormKernel.Engine.Packages;
using NormKernel.Jupyter;

namespace Benchmarks.Kernel;

/// <summary><c>kernel</c>: what a user of the Jupyter kernel waits for.</summary>
internal static class KernelCommand
{
    private const string Setup = "#!import ../environment/setup.ipynb";

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many kernels are started, one after the other; medians count.", DefaultValueFactory = _ => 3 };
        var other = new Option<string?>("--other") { Description = "The command of another C# kernel to measure beside ours, e.g. \"dotnet-interactive jupyter {connection_file}\"." };
        var gate = new Option<bool>("--gate") { Description = "Fail where a bound is passed." };
        var command = new Command("kernel", "Starts the Jupyter kernel as front ends do and times it over its sockets: until it is ready, its first cell, later cells, completion, and 200 cells in one session.") { rounds, other, gate };
        command.SetAction(arguments => Run(arguments.GetValue(rounds), arguments.GetValue(other), arguments.GetValue(gate)));
        return command;
    }

    private static int Run(int rounds, string? other, bool gate)
    {
        var root = NormKernel.Repository.FindRoot(AppContext.BaseDirectory) ?? throw new InvalidOperationException("the benchmark does not lie in the repository");
        string[] command = [DotnetCommand.Host, typeof(JupyterKernel).Assembly.Location, "jupyter", "{connection_file}"];
        var notebooks = Path.Combine(root, "notebooks");
        Console.WriteLine($"{Machine.Describe(Environment.ProcessorCount)}\n{rounds} kernels, one after the other\n");

        var (ours, theirs) = (new List<KernelTimes>(), new List<KernelTimes>());
        for (var round = 0; round < rounds; round++)
        {
            using (var kernel = new StartedKernel(command, notebooks))
                ours.Add(KernelTimes.Of(kernel, Setup));
            if (other is null)
                continue;
            using (var kernel = new StartedKernel(other.Split(' '), notebooks))
                theirs.Add(KernelTimes.Of(kernel, setup: null));
        }

        Console.WriteLine(string.Join('\n', KernelTable.Lines(ours, other is null ? null : theirs)));
        var passed = KernelTable.Passed(ours).ToList();
        Console.WriteLine(passed.Count == 0 ? "\nevery bound is kept" : "\n" + string.Join('\n', passed));
        return gate && passed.Count > 0 ? 1 : 0;
    }
}
