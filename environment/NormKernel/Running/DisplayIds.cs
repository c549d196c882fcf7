using System.Text.Json.Nodes;

namespace NormKernel.Running;

/// <summary>The outputs of a notebook that carry a display id, so that a later cell can still update them.</summary>
public sealed class DisplayIds
{
    private readonly Dictionary<string, List<JsonObject>> outputsById = new(StringComparer.Ordinal);

    public void Add(string id, JsonObject output)
    {
        if (!outputsById.TryGetValue(id, out var outputs))
            outputsById[id] = outputs = [];
        outputs.Add(output);
    }

    /// <summary>Replaces what the outputs of this id show; an id that nothing carries is ignored, as in Jupyter.</summary>
    public void Update(string id, JsonObject data, JsonObject metadata)
    {
        foreach (var output in outputsById.GetValueOrDefault(id, []))
        {
            output["data"] = data.DeepClone();
            output["metadata"] = metadata.DeepClone();
        }
    }
}
