using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Verifying;

/// <summary>Where a notebook's numbers come from, as its own outputs say: data, processor, versions, seeds, profile.</summary>
public static class Provenance
{
    public const string Mime = "application/vnd.normkernel.provenance+json";

    /// <summary>The fields that differ. Empty where nothing differs, and where either notebook says nothing to compare with.</summary>
    public static IReadOnlyList<(string Field, string Old, string New)> Compare(Notebook committed, Notebook rerun)
    {
        var (oldRecords, newRecords) = (In(committed), In(rerun));
        if (oldRecords.Count == 0 || newRecords.Count == 0)
            return [];
        return [.. oldRecords.Zip(newRecords).SelectMany(pair => JsonComparison.Compare(pair.First, pair.Second))];
    }

    /// <summary>The fields of all records of a notebook in one object; a later one wins.</summary>
    public static JsonObject Merged(Notebook notebook)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in In(notebook).OfType<JsonObject>().SelectMany(record => record))
            merged[name] = value?.DeepClone();
        return merged;
    }

    /// <summary>What a notebook says of itself, in order.</summary>
    internal static List<JsonNode> In(Notebook notebook) =>
        [.. notebook.Cells.SelectMany(cell => cell.Outputs).Select(output => output?["data"]?[Mime]).OfType<JsonNode>()];
}
