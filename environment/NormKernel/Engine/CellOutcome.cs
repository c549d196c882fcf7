using System.Text.Json.Nodes;

namespace NormKernel.Engine;

/// <summary>How a cell ended: with the mime bundle of its last expression's value (null: it has none), or with a failure.</summary>
public sealed record CellOutcome(JsonObject? Value, CellFailure? Failure)
{
    public static CellOutcome Nothing { get; } = new(null, null);

    public bool Ok => Failure is null;

    public bool Interrupted => Failure?.Name == CellFailure.InterruptedName;
}
