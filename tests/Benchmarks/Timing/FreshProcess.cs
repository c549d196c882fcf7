using System.Diagnostics;

namespace Benchmarks.Timing;

/// <summary>This program once more, in a process whose memory lies elsewhere.</summary>
internal static class FreshProcess
{
    /// <summary>Runs to the end and gives the exit code.</summary>
    public static int Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(FreshProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
