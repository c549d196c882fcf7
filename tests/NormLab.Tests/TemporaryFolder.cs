namespace NormLab.Tests;

/// <summary>An empty folder until disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("normlab-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
