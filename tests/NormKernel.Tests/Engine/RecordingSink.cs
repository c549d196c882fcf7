using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NormKernel.Engine;

namespace NormKernel.Tests.Engine;

/// <summary>Keeps a cell's outputs: "stdout: text", "display display-1: text/plain", "update display-1: text/plain".</summary>
internal sealed class RecordingSink : IOutputSink
{
    public ConcurrentQueue<string> Log { get; } = [];

    public string Text => string.Concat(Log.Where(entry => entry.StartsWith("stdout: ", StringComparison.Ordinal)).Select(entry => entry["stdout: ".Length..]));

    public string Errors => string.Concat(Log.Where(entry => entry.StartsWith("stderr: ", StringComparison.Ordinal)).Select(entry => entry["stderr: ".Length..]));

    public void Stream(string name, string text) => Log.Enqueue($"{name}: {text}");

    public void Display(JsonObject data, JsonObject metadata, string? displayId, bool update) =>
        Log.Enqueue($"{(update ? "update" : "display")}: {data["text/plain"]}");

    public void Clear(bool wait) => Log.Enqueue("clear");
}
