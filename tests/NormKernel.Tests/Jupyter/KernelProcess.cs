using System.Diagnostics;
using System.Text.Json;
using NormKernel.Engine.Packages;
using NormKernel.Jupyter;

namespace NormKernel.Tests.Jupyter;

/// <summary>A kernel as front ends start it: a process of its own.</summary>
public sealed class KernelProcess : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"kernel-{Guid.NewGuid():N}.json");

    /// <param name="parent">The process that the kernel is to take for the one that started it.</param>
    /// <param name="assembly">The program to start, where it is another build than the one that this code refers to.</param>
    /// <param name="folder">The notebook's folder.</param>
    public KernelProcess(int? parent = null, string? assembly = null, string? folder = null)
    {
        var connection = KernelClient.FreeConnection();
        File.WriteAllText(file, JsonSerializer.Serialize(connection));
        var start = new ProcessStartInfo(DotnetCommand.Host, [assembly ?? typeof(JupyterKernel).Assembly.Location, "jupyter", file]) { WorkingDirectory = folder ?? Path.GetTempPath() };
        start.Environment[ParentWatch.Variable] = $"{parent ?? Environment.ProcessId}";
        start.Environment["NORM_OFFLINE"] = "1";
        Process = Process.Start(start)!;
        Client = new KernelClient(connection);
    }

    public Process Process { get; }

    public KernelClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        File.Delete(file);
    }
}
