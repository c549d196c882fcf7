using NormKernel.Commands;
using NormKernel.Running;
using NormKernel.Workers;

namespace NormKernel;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // Started by this program for each notebook, not by people: no command line to parse, no signals to handle.
        if (args is [WorkerCommand.Name, var requestHandle, var eventHandle, var baseDirectory])
            return Worker.Run(requestHandle, eventHandle, baseDirectory);

        using var interruption = new Interruption();
        var context = new CommandContext(Terminal.Open(), Console.Error, Directory.GetCurrentDirectory(), ProgramTools.Create());
        return await CommandLine.Run(args, context, interruption.Token);
    }
}
