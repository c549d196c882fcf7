namespace NormCore;

/// <summary>A class or function that a pickle names.</summary>
internal sealed record PickledName(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
