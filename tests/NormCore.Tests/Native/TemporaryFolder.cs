namespace NormCore.Tests.Native;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("normcore-test-").FullName;

    /// <summary>Makes a folder, and in it empty files of the given names.</summary>
    public string Folder(string relative, params string[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, relative)).FullName;
        foreach (var file in files) File.WriteAllText(Path.Combine(folder, file), file);
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
