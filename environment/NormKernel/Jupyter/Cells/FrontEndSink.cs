using System.Text.Json.Nodes;
using NormKernel.Engine;
using NormKernel.Engine.Outputs;
using NormKernel.Jupyter.Channels;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Cells;

/// <summary>A cell's outputs and questions as messages of the request that runs it, also those that come after its end.</summary>
public sealed class FrontEndSink(FrontEnd frontEnd, InputChannel input, JupyterMessage request) : IOutputSink, ICellInput
{
    public void Stream(string name, string text) => frontEnd.Publish(request, "stream", new() { ["name"] = name, ["text"] = text });

    public void Display(JsonObject data, JsonObject metadata, string? displayId, bool update) =>
        frontEnd.Publish(request, update ? "update_display_data" : "display_data", new()
        {
            ["data"] = ChartFragment.AddTo(data),
            ["metadata"] = metadata,
            ["transient"] = displayId is null ? [] : new JsonObject { ["display_id"] = frontEnd.DisplayId(displayId) },
        });

    public void Clear(bool wait) => frontEnd.Publish(request, "clear_output", new() { ["wait"] = wait });

    public string Ask(string prompt, CancellationToken cancellationToken) => input.Ask(request, prompt, cancellationToken);
}
