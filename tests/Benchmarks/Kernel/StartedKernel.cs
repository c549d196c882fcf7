using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NormKernel.Jupyter;
using NormKernel.Tests.Jupyter;

namespace Benchmarks.Kernel;

/// <summary>A kernel process, and times of what is asked of it over its sockets, in milliseconds.</summary>
internal sealed class StartedKernel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string file = Path.Combine(Path.GetTempPath(), $"kernel-{Guid.NewGuid():N}.json");
    private readonly long start;
    private readonly Process process;
    private readonly KernelClient client;

    /// <param name="command">The program and its arguments, one of which is <c>{connection_file}</c>.</param>
    /// <param name="folder">The notebook's folder.</param>
    public StartedKernel(IReadOnlyList<string> command, string folder)
    {
        var connection = KernelClient.FreeConnection();
        File.WriteAllText(file, JsonSerializer.Serialize(connection));
        var arguments = command.Skip(1).Select(argument => argument.Replace("{connection_file}", file, StringComparison.Ordinal));
        var info = new ProcessStartInfo(command[0], arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment[ParentWatch.Variable] = $"{Environment.ProcessId}";
        start = Stopwatch.GetTimestamp();
        process = Process.Start(info) ?? throw new InvalidOperationException($"{command[0]} did not start");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        client = new KernelClient(connection);
    }

    /// <summary>From the start of the process to its first reply.</summary>
    public double Ready()
    {
        client.Reply(client.Shell, client.Send(client.Shell, "kernel_info_request"), "kernel_info_reply", Patience);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>From the request to the reply.</summary>
    /// <exception cref="InvalidOperationException">The kernel answers with an error.</exception>
    public double Cell(string code) => Time("execute_request", new() { ["code"] = code, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = false });

    /// <inheritdoc cref="Cell"/>
    public double Complete(string code) => Time("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length });

    public void Dispose()
    {
        client.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        File.Delete(file);
    }

    private double Time(string type, JsonObject content)
    {
        var before = Stopwatch.GetTimestamp();
        var reply = client.Reply(client.Shell, client.Send(client.Shell, type, content), $"the reply to {type} {content.ToJsonString()}", Patience);
        var time = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        return reply["status"]?.GetValue<string>() == "ok" ? time : throw new InvalidOperationException(reply.ToJsonString());
    }
}
