using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormLab.Rendering;

/// <summary>JSON as outputs need it: Greek letters stay readable, numbers that JSON lacks become words.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode node) => node.ToJsonString(Readable);

    /// <summary>JSON inside an HTML script element, where "&lt;/script&gt;" must not appear: the default encoder escapes it.</summary>
    public static string InScript(JsonNode node) => node.ToJsonString();

    /// <summary>A number with 6 significant digits; NaN and the infinities, which JSON lacks, as text.</summary>
    public static JsonNode Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(double.Parse(Cell.Number(value), CultureInfo.InvariantCulture))
        : JsonValue.Create(Cell.Number(value));
}
