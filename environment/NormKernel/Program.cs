using NormKernel.Commands;
using NormKernel.Jupyter;
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

        // Started by front ends for each notebook: Ctrl-C means a cell and not the program.
        if (args is [JupyterCommand.Name, var connectionFile] && File.Exists(connectionFile))
            return Serve(connectionFile);

        using var interruption = new Interruption();
        var context = new CommandContext(Terminal.Open(), Console.Error, Directory.GetCurrentDirectory(), ProgramTools.Create());
        return await CommandLine.Run(args, context, interruption.Token);
    }

    private static int Serve(string connectionFile)
    {
        // Nobody types there. Not in KernelProgram, which tests call in a process of their own.
        Console.SetIn(TextReader.Null);
        try
        {
            return KernelProgram.Run(connectionFile);
        }
        catch (IOException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCode.Failure;
        }
    }
}
