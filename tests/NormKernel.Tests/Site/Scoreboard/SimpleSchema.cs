using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NormKernel.Tests.Site.Scoreboard;

/// <summary>The part of JSON Schema that the schema of claims.json uses; any other keyword is an error here.</summary>
public sealed class SimpleSchema(JsonObject schema)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description"];

    /// <summary>What does not fit, with its place.</summary>
    public IEnumerable<string> Problems(JsonNode? document) => Problems(document, schema, "");

    private IEnumerable<string> Problems(JsonNode? node, JsonObject rules, string place) =>
        rules.Where(rule => !Annotations.Contains(rule.Key)).SelectMany(rule => (rule.Key, node) switch
        {
            ("$ref", _) => Problems(node, schema["$defs"]![((string)rule.Value!)["#/$defs/".Length..]]!.AsObject(), place),
            ("type", _) => Unless(Types(rule.Value!).Any(type => Is(node, type)), $"{place} is not of type {rule.Value!.ToJsonString()}"),
            ("enum", _) => Unless(rule.Value!.AsArray().Any(value => JsonNode.DeepEquals(value, node)), $"{place} is none of {rule.Value!.ToJsonString()}"),
            ("minLength", JsonValue text) => Unless(text.GetValue<string>().Length >= (int)rule.Value!, $"{place} is too short"),
            ("pattern", JsonValue text) => Unless(!Is(text, "string") || Regex.IsMatch(text.GetValue<string>(), (string)rule.Value!), $"{place} does not match {rule.Value}"),
            ("required", JsonObject members) => rule.Value!.AsArray().Where(name => !members.ContainsKey((string)name!)).Select(name => $"{place}/{name} is missing"),
            ("properties", JsonObject members) => members.Where(member => rule.Value!.AsObject().ContainsKey(member.Key))
                .SelectMany(member => Problems(member.Value, rule.Value![member.Key]!.AsObject(), $"{place}/{member.Key}")),
            ("additionalProperties", JsonObject members) => members.Where(member => !rules["properties"]!.AsObject().ContainsKey(member.Key)).Select(member => $"{place}/{member.Key} is unknown"),
            ("items", JsonArray items) => items.SelectMany((item, index) => Problems(item, rule.Value!.AsObject(), $"{place}/{index}")),
            ("minLength" or "pattern" or "required" or "properties" or "additionalProperties" or "items", _) => [],
            _ => throw new NotSupportedException($"{rule.Key} at {place}"),
        });

    private static IEnumerable<string> Unless(bool fits, string problem) => fits ? [] : [problem];

    private static IEnumerable<string> Types(JsonNode types) => types is JsonArray several ? several.Select(type => (string)type!) : [(string)types!];

    private static bool Is(JsonNode? node, string type) => type switch
    {
        "null" => node is null,
        "object" => node is JsonObject,
        "array" => node is JsonArray,
        "boolean" => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => node?.GetValueKind().ToString().ToLowerInvariant() == type,
    };
}
