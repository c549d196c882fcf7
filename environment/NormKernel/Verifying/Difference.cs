namespace NormKernel.Verifying;

/// <summary>One place where a new run says something else than the committed notebook.</summary>
/// <param name="Cell">The cell's execution count.</param>
/// <param name="Where">Which output, and where in it.</param>
/// <param name="Old">As committed.</param>
/// <param name="New">As run again.</param>
public sealed record Difference(int Cell, string Where, string Old, string New)
{
    public override string ToString() => $"cell {Cell}, {Where}: {Old} → {New}";
}
