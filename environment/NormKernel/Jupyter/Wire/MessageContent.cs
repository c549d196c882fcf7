using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormKernel.Jupyter.Wire;

/// <summary>Reads properties of a content that a front end has written.</summary>
public static class MessageContent
{
    /// <exception cref="MessageException">It is missing and there is no <paramref name="otherwise"/>, or it is no string.</exception>
    public static string Text(this JsonObject content, string name, string? otherwise = null) =>
        Read(content, name, otherwise, JsonValueKind.String, "a string");

    /// <exception cref="MessageException">It is neither true nor false.</exception>
    public static bool Flag(this JsonObject content, string name, bool otherwise) =>
        content[name] is null ? otherwise : content[name]!.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new MessageException($"`{name}` must be true or false; given was {content[name]!.ToJsonString()}"),
        };

    /// <exception cref="MessageException">It is no whole number, or missing without an <paramref name="otherwise"/>.</exception>
    public static int Number(this JsonObject content, string name, int? otherwise = null) => content[name] switch
    {
        null => otherwise ?? throw Missing(name, "a whole number"),
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        var given => throw new MessageException($"`{name}` must be a whole number; given was {given.ToJsonString()}"),
    };

    private static string Read(JsonObject content, string name, string? otherwise, JsonValueKind kind, string needed)
    {
        if (content[name] is not { } node)
            return otherwise ?? throw Missing(name, needed);
        if (node.GetValueKind() != kind)
            throw new MessageException($"`{name}` must be {needed}; given was {node.ToJsonString()}");

        return node.GetValue<string>();
    }

    private static MessageException Missing(string name, string needed) => new($"the content needs `{name}`, {needed}, and has none");
}

/// <summary>A signed message that the protocol does not allow; the sender is told.</summary>
public sealed class MessageException(string message) : Exception(message);
