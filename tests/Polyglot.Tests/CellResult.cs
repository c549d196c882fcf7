using Microsoft.DotNet.Interactive.Events;

namespace Polyglot.Tests;

/// <summary>What a cell showed, and the message of what stopped it, if anything did.</summary>
internal sealed record CellResult(IReadOnlyList<DisplayEvent> Shown, string? Failure);
