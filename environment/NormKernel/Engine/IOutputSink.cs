using System.Text.Json.Nodes;

namespace NormKernel.Engine;

/// <summary>Where a running cell's outputs go: to the headless runner, or later to a Jupyter client.</summary>
public interface IOutputSink
{
    /// <summary>Console text; <paramref name="name"/> is stdout or stderr.</summary>
    void Stream(string name, string text);

    /// <summary>A mime bundle. With <paramref name="update"/> it replaces the displays that carry the same id.</summary>
    void Display(JsonObject data, JsonObject metadata, string? displayId, bool update);

    /// <summary>Empties the cell's outputs, at once or when the next output arrives.</summary>
    void Clear(bool wait);
}
