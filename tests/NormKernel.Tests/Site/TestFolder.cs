namespace NormKernel.Tests.Site;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
public sealed class TestFolder(string path) : IDisposable
{
    private readonly DirectoryInfo folder = new(path);

    public TestFolder() : this(Directory.CreateTempSubdirectory("normkernel-tests-").FullName) { }

    public string this[string path] => Path.Combine(folder.FullName, path);

    public string Root => folder.FullName;

    public string Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], content);
        return this[path];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
