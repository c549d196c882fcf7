namespace NormKernel.Engine.Packages;

/// <summary>A package as a cell asks for it; without a version, the newest.</summary>
public sealed record PackageRequest(string Id, string? Version)
{
    public bool IsFloating => Version is null || Version.Contains('*');

    public override string ToString() => Version is null ? Id : $"{Id} {Version}";
}
