using NormKernel.Workers;

namespace NormKernel;

public static class Program
{
    public static int Main(string[] args) => args is [WorkerCommand.Name, var requests, var events, var folder]
        ? Worker.Run(requests, events, folder)
        : args.Length == 0 ? 2 : 0;
}
