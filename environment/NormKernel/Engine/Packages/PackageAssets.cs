namespace NormKernel.Engine.Packages;

/// <summary>What a restore found, as full paths: assemblies to compile against, assemblies to load, native libraries of this platform.</summary>
public sealed record PackageAssets(IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime, IReadOnlyList<string> Native);
