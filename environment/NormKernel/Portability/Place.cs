namespace NormKernel.Portability;

/// <summary>A cell, counted from 1 over all cells, and a line of its source; an output has none.</summary>
public sealed record Place(int Cell, int? Line = null)
{
    public override string ToString() => Line is { } line ? $"cell {Cell}, line {line}" : $"cell {Cell}";
}
