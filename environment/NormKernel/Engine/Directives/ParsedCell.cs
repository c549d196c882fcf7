namespace NormKernel.Engine.Directives;

/// <summary>A cell's directives in order, and its code with empty lines in their place, so that line numbers stay right.</summary>
public sealed record ParsedCell(IReadOnlyList<Directive> Directives, string Code);
