using System.Text.Json.Nodes;
using NormKernel.Workers;

namespace NormKernel.Running;

/// <summary>Collects the events of one cell into nbformat outputs.</summary>
public sealed class CellOutputs(int executionCount, DisplayIds displayIds)
{
    private readonly List<JsonObject> outputs = [];
    private readonly StreamText streamText = new();
    private string? streamName;
    private bool clearBeforeNext;

    public void Add(CellEvent cellEvent)
    {
        switch (cellEvent)
        {
            case CellText text:
                AddText(text.Name, text.Text);
                break;
            case CellDisplay { Update: true, DisplayId: { } id } display:
                displayIds.Update(id, display.Data, display.Metadata);
                break;
            case CellDisplay display:
                AddDisplay(display);
                break;
            case CellResult result:
                AddOutput(Result(result.Data));
                break;
            case CellError error:
                AddOutput(Error(error));
                break;
            case CellClear { Wait: true }:
                clearBeforeNext = true;
                break;
            case CellClear:
                Clear();
                break;
        }
    }

    public JsonArray ToJson()
    {
        EndStream();
        return [.. outputs];
    }

    private void AddText(string name, string text)
    {
        ClearIfDue();
        if (name != streamName)
            EndStream();
        streamName = name;
        streamText.Append(text);
    }

    private void AddDisplay(CellDisplay display)
    {
        var output = new JsonObject { ["output_type"] = "display_data", ["data"] = display.Data, ["metadata"] = display.Metadata };
        AddOutput(output);
        if (display.DisplayId is { } id)
            displayIds.Add(id, output);
    }

    private void AddOutput(JsonObject output)
    {
        ClearIfDue();
        EndStream();
        outputs.Add(output);
    }

    private JsonObject Result(JsonObject data) => new()
    {
        ["output_type"] = "execute_result",
        ["execution_count"] = executionCount,
        ["data"] = data,
        ["metadata"] = new JsonObject(),
    };

    private static JsonObject Error(CellError error) => new()
    {
        ["output_type"] = "error",
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };

    private void EndStream()
    {
        var text = streamText.ToString();
        if (text.Length > 0)
            outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = streamName, ["text"] = text });
        streamText.Clear();
        streamName = null;
    }

    private void ClearIfDue()
    {
        if (clearBeforeNext)
            Clear();
    }

    private void Clear()
    {
        outputs.Clear();
        streamText.Clear();
        streamName = null;
        clearBeforeNext = false;
    }
}
