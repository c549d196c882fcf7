using System.Text.Json.Nodes;

namespace NormLab.Claims;

/// <summary>What the numbers of a scoreboard depend on: what those of the notebooks do.</summary>
internal static class CollectionProvenance
{
    public static JsonObject Of(IEnumerable<NotebookClaims> notebooks) => new()
    {
        ["notebooks"] = new JsonObject(notebooks.Select(notebook => KeyValuePair.Create(notebook.File, (JsonNode?)notebook.Provenance.DeepClone()))),
    };
}
