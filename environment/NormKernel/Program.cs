using NormKernel.Commands;
using NormKernel.Running;

namespace NormKernel;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var interruption = new Interruption();
        var context = new CommandContext(Terminal.Open(), Console.Error, Directory.GetCurrentDirectory(), null!);
        return await CommandLine.Run(args, context, interruption.Token);
    }
}
