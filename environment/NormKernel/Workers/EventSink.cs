using System.Text.Json.Nodes;
using NormKernel.Engine;

namespace NormKernel.Workers;

/// <summary>A cell's outputs as events.</summary>
public sealed class EventSink(int cell, EventWriter events) : IOutputSink
{
    public void Stream(string name, string text) => events.Write(new CellText(cell, name, text));

    public void Display(JsonObject data, JsonObject metadata, string? displayId, bool update) =>
        events.Write(new CellDisplay(cell, data, metadata, displayId, update));

    public void Clear(bool wait) => events.Write(new CellClear(cell, wait));
}
