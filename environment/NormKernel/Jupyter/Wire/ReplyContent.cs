using System.Text.Json.Nodes;
using NormKernel.Engine;

namespace NormKernel.Jupyter.Wire;

/// <summary>What the contents of many replies have in common.</summary>
public static class ReplyContent
{
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    /// <summary>Not carried out, because a request before it failed.</summary>
    public static JsonObject Aborted() => new() { ["status"] = "aborted" };

    public static JsonObject Error(string name, string message) => Error(new CellFailure(name, message, [$"{name}: {message}"]));

    public static JsonObject Error(CellFailure failure)
    {
        var content = Failure(failure);
        content["status"] = "error";
        return content;
    }

    /// <summary>An error as front ends show it.</summary>
    public static JsonObject Failure(CellFailure failure) => new()
    {
        ["ename"] = failure.Name,
        ["evalue"] = failure.Message,
        ["traceback"] = new JsonArray([.. failure.Lines.Select(line => (JsonNode)line)]),
    };
}
