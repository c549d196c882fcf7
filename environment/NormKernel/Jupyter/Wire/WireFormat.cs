using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormKernel.Jupyter.Wire;

/// <summary>Messages as frames: identities, a delimiter, the signature, then header, parent header, metadata and content as JSON.</summary>
public sealed class WireFormat(string key)
{
    public const string ProtocolVersion = "5.4";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    // A property given twice would throw wherever the object is first read.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly MessageSignature signature = new(key);
    private readonly SeenSignatures seen = new();

    /// <summary>This kernel's name in its messages.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The message, or null for frames that are none, are not signed with the key, or came before. Not thread-safe.</summary>
    public JupyterMessage? Read(IReadOnlyList<byte[]> frames)
    {
        var start = Enumerable.Range(0, frames.Count).FirstOrDefault(i => frames[i].AsSpan().SequenceEqual(Delimiter), frames.Count);
        if (frames.Count < start + 6)
            return null;

        var (given, header, parent, metadata, content) = (frames[start + 1], frames[start + 2], frames[start + 3], frames[start + 4], frames[start + 5]);
        if (!signature.IsValid(given, header, parent, metadata, content) || (signature.IsUsed && !seen.Add(given)))
            return null;

        try
        {
            if (Object(header)?["msg_type"]?.GetValue<string>() is not { } type || Object(content) is not { } body)
                return null;
            return new([.. frames.Take(start)], type, header, body);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <param name="identities">The frames before the delimiter: the receiver's, or the topic of a broadcast.</param>
    /// <param name="type">As "execute_reply".</param>
    /// <param name="parentHeader">The header of the message that this one answers, or null.</param>
    /// <param name="content">What it says.</param>
    public IReadOnlyList<byte[]> Write(IEnumerable<byte[]> identities, string type, byte[]? parentHeader, JsonObject content)
    {
        var header = Bytes(new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = Session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        });
        var (parent, body) = (parentHeader ?? EmptyObject, Bytes(content));
        return [.. identities, Delimiter, signature.Of(header, parent, EmptyObject, body), header, parent, EmptyObject, body];
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject? Object(byte[] json) => JsonNode.Parse(json, documentOptions: Strict) as JsonObject;
}
