using System.Text.Json.Nodes;

namespace NormKernel.Engine.Outputs;

/// <summary>For code whose outputs nobody wants.</summary>
public sealed class NoOutput : IOutputSink
{
    public static NoOutput Instance { get; } = new();

    public void Stream(string name, string text)
    {
    }

    public void Display(JsonObject data, JsonObject metadata, string? displayId, bool update)
    {
    }

    public void Clear(bool wait)
    {
    }
}
