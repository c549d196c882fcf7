using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NormKernel.Workers;

/// <summary>
/// What the runner and the process that executes one notebook say to each other: one JSON object per line over two pipes.
/// The runner sends one <see cref="CellRequest"/> at a time; the worker answers with <see cref="CellEvent"/>s, the last of
/// which is <see cref="CellFinished"/>. The worker ends when the request pipe closes. Its stdout and stderr stay free for
/// what native code prints.
/// </summary>
public sealed record CellRequest(int Cell, int ExecutionCount, string Source);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(CellText), "text")]
[JsonDerivedType(typeof(CellDisplay), "display")]
[JsonDerivedType(typeof(CellResult), "result")]
[JsonDerivedType(typeof(CellClear), "clear")]
[JsonDerivedType(typeof(CellError), "error")]
[JsonDerivedType(typeof(CellFinished), "finished")]
public abstract record CellEvent(int Cell);

public sealed record CellText(int Cell, string Name, string Text) : CellEvent(Cell);

public sealed record CellDisplay(int Cell, JsonObject Data, JsonObject Metadata, string? DisplayId, bool Update) : CellEvent(Cell);

/// <summary>The value of the cell's last expression, as a mime bundle.</summary>
public sealed record CellResult(int Cell, JsonObject Data) : CellEvent(Cell);

public sealed record CellClear(int Cell, bool Wait) : CellEvent(Cell);

/// <summary>The C# error: its type's name, its message, and lines to show, with cell and line where they are known.</summary>
public sealed record CellError(int Cell, string Name, string Message, string[] Traceback) : CellEvent(Cell);

public sealed record CellFinished(int Cell, bool Ok) : CellEvent(Cell);

/// <summary>Reads and writes the lines.</summary>
public static class WorkerMessages
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(CellRequest request) => JsonSerializer.Serialize(request, Options);

    public static string Line(CellEvent cellEvent) => JsonSerializer.Serialize(cellEvent, Options);

    public static CellRequest ReadRequest(string line) => JsonSerializer.Deserialize<CellRequest>(line, Options)!;

    public static CellEvent ReadEvent(string line) => JsonSerializer.Deserialize<CellEvent>(line, Options)!;
}
