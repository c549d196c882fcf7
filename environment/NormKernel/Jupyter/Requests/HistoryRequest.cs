using System.Text.Json.Nodes;
using NormKernel.Jupyter.Cells;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Requests;

/// <summary>Looks up earlier inputs. Outputs are not kept: where they are asked for, they are null.</summary>
public static class HistoryRequest
{
    private const int ShortTail = 100;

    public static JsonObject Reply(JupyterMessage request, InputHistory history)
    {
        var content = request.Content;
        var found = content.Text("hist_access_type", otherwise: "tail") switch
        {
            "tail" => history.Tail(content.Number("n", ShortTail)),
            "range" => history.Range(content.Number("session", 0), content.Number("start", 0), Optional(content, "stop")),
            "search" => history.Search(content.Text("pattern", otherwise: "*"), Optional(content, "n"), content.Flag("unique", otherwise: false)),
            var other => throw new MessageException($"`hist_access_type` must be tail, range or search; given was {other}"),
        };
        var withOutput = content.Flag("output", otherwise: false);
        return new() { ["status"] = "ok", ["history"] = new JsonArray([.. found.Select(input => (JsonNode)Entry(input.Line, input.Code, withOutput))]) };
    }

    private static int? Optional(JsonObject content, string name) => content[name] is null ? null : content.Number(name);

    private static JsonArray Entry(int line, string code, bool withOutput) =>
        [InputHistory.Session, line, withOutput ? new JsonArray(code, null) : JsonValue.Create(code)];
}
