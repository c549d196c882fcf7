using System.Diagnostics;
using NormKernel.Engine.Packages;

namespace NormKernel.Workers;

/// <summary>The command line that starts this same program as a worker.</summary>
public static class WorkerCommand
{
    public const string Name = "worker";

    public static ProcessStartInfo Create(string requestHandle, string eventHandle, string baseDirectory)
    {
        var assembly = typeof(WorkerCommand).Assembly;
        var isProgram = Path.GetFileName(Environment.ProcessPath) == assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : "");
        var start = new ProcessStartInfo(isProgram ? Environment.ProcessPath! : DotnetCommand.Host);
        if (!isProgram)
            start.ArgumentList.Add(assembly.Location);
        foreach (var argument in new[] { Name, requestHandle, eventHandle, baseDirectory })
            start.ArgumentList.Add(argument);

        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = System.Text.Encoding.UTF8;
        return start;
    }
}
