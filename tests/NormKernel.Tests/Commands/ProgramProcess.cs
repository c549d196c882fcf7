using System.Diagnostics;
using NormKernel.Commands;
using NormKernel.Engine.Packages;

namespace NormKernel.Tests.Commands;

/// <summary>The built program as a process of its own, with the worker processes that it starts.</summary>
public sealed class ProgramProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;

    public ProgramProcess(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetCommand.Host, [typeof(CommandLine).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
    }

    public async Task<(int ExitCode, string Output)> End(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output);
    }

    /// <param name="signal">As the Unix command kill names it: INT, TERM.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
