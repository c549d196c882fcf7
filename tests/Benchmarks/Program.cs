using System.CommandLine;
using Benchmarks.Kernel;
using Benchmarks.Norms;
using Benchmarks.Training;

namespace Benchmarks;

public static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand("Ratios to named peers, measured in one process after both were checked against float64.")
        {
            NormsCommand.Create(),
            EpochCommand.Create(),
            StepsCommand.Create(),
            KernelCommand.Create(),
        };
        return root.Parse(args).Invoke();
    }
}
