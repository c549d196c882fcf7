using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Verifying;

/// <summary>Compares the outputs of one cell, one by one and mime type by mime type. Pictures are drawings of what is compared anyway.</summary>
public static class OutputComparison
{
    public static IEnumerable<Difference> Compare(int cell, JsonArray committed, JsonArray rerun)
    {
        if (committed.Count != rerun.Count)
            return [new Difference(cell, "outputs", Kinds(committed), Kinds(rerun))];

        return committed.Zip(rerun).SelectMany((pair, index) =>
            CompareOutputs((JsonObject)pair.First!, (JsonObject)pair.Second!)
                .Select(found => new Difference(cell, $"output {index + 1} {found.Where}".TrimEnd(), found.Old, found.New)));
    }

    private static IEnumerable<(string Where, string Old, string New)> CompareOutputs(JsonObject committed, JsonObject rerun)
    {
        if (Kind(committed) != Kind(rerun))
            return [("", Kind(committed), Kind(rerun))];

        return committed["output_type"]!.GetValue<string>() switch
        {
            "stream" => At(Kind(committed), CompareText(committed["text"], rerun["text"])),
            "error" => At("error", CompareText(committed["evalue"], rerun["evalue"])),
            _ => CompareBundles(committed["data"]!.AsObject(), rerun["data"]!.AsObject()),
        };
    }

    private static IEnumerable<(string Where, string Old, string New)> CompareBundles(JsonObject committed, JsonObject rerun)
    {
        foreach (var mime in committed.Select(member => member.Key).Union(rerun.Select(member => member.Key)).Where(mime => !IsPicture(mime)))
        {
            if (!committed.ContainsKey(mime) || !rerun.ContainsKey(mime))
            {
                yield return (mime, committed.ContainsKey(mime) ? "present" : "missing", rerun.ContainsKey(mime) ? "present" : "missing");
                continue;
            }

            var isJson = mime.EndsWith("json", StringComparison.Ordinal);
            var found = isJson ? JsonComparison.Compare(committed[mime], rerun[mime]) : CompareText(committed[mime], rerun[mime]);
            foreach (var difference in At(mime, found))
                yield return difference;
        }
    }

    private static IEnumerable<(string, string, string)> CompareText(JsonNode? committed, JsonNode? rerun) =>
        TextComparison.Compare(MultilineText.Join(committed), MultilineText.Join(rerun));

    private static IEnumerable<(string, string, string)> At(string place, IEnumerable<(string Where, string Old, string New)> found) =>
        found.Select(difference => ($"{place} {difference.Where}".TrimEnd(), difference.Old, difference.New));

    private static bool IsPicture(string mime) => mime.StartsWith("image/", StringComparison.Ordinal);

    private static string Kinds(JsonArray outputs) =>
        outputs.Count == 0 ? "none" : string.Join(", ", outputs.OfType<JsonObject>().Select(Kind));

    private static string Kind(JsonObject output) =>
        output["output_type"]!.GetValue<string>() is var type && type == "stream" ? MultilineText.Join(output["name"]) : type;
}
