using System.Text.Json.Nodes;
using NormKernel.Engine.Completion;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Requests;

/// <summary>Requests about a cell that is being written; the protocol counts positions in code points.</summary>
public sealed class CodeRequests(Task<CodeAssistant> assistant)
{
    public JsonObject Complete(JupyterMessage request)
    {
        var code = request.Content.Text("code");
        var completions = assistant.GetAwaiter().GetResult().Complete(code, Position(request, code));
        var (start, end) = (CodePoints.Count(code, completions.Start), CodePoints.Count(code, completions.End));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. completions.Items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                // The name that front ends read for the pictures beside completions.
                ["_jupyter_types_experimental"] = new JsonArray([.. completions.Items.Select(item => (JsonNode)new JsonObject
                {
                    ["text"] = item.Text,
                    ["type"] = item.Kind,
                    ["start"] = start,
                    ["end"] = end,
                })]),
            },
        };
    }

    public JsonObject Inspect(JupyterMessage request)
    {
        var code = request.Content.Text("code");
        var withRemarks = request.Content.Number("detail_level", otherwise: 0) > 0;
        var description = assistant.GetAwaiter().GetResult().Inspect(code, Position(request, code), withRemarks);
        return new()
        {
            ["status"] = "ok",
            ["found"] = description is not null,
            ["data"] = description is null ? [] : new JsonObject { ["text/plain"] = description.Text, ["text/markdown"] = description.Markdown },
            ["metadata"] = new JsonObject(),
        };
    }

    public static JsonObject IsComplete(JupyterMessage request)
    {
        var completeness = CodeCompleteness.Of(request.Content.Text("code"));
        var reply = new JsonObject { ["status"] = completeness.Status };
        if (completeness.Indent is { } indent)
            reply["indent"] = indent;
        return reply;
    }

    private static int Position(JupyterMessage request, string code) => CodePoints.Index(code, request.Content.Number("cursor_pos"));
}
