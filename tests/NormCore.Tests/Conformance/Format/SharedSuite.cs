namespace NormCore.Tests.Conformance.Format;

/// <summary>Vectors of other projects, which are read where they lie and not kept in this repository.</summary>
/// <remarks>They lie in the folder NORM_CONFORMANCE names, or in shared/conformance beside the repository.</remarks>
internal sealed class SharedSuite
{
    private const string Absent = "(absent)";
    private readonly string name;

    private SharedSuite(string name)
    {
        this.name = name;
        var folder = Path.Combine(Root, name);
        Cases = Directory.Exists(folder) ? GoldenSuite.Read(folder) : [];
    }

    /// <summary>Numbers printed in the test files of other frameworks.</summary>
    public static SharedSuite Literals { get; } = new("literals");

    /// <summary>The ONNX backend's node tests.</summary>
    public static SharedSuite Onnx { get; } = new("onnx");

    public IReadOnlyDictionary<string, GoldenCase> Cases { get; }

    /// <summary>One row per case; a single one, which skips, where the suite is absent.</summary>
    public TheoryData<string> Ids => [.. Cases.Keys.DefaultIfEmpty(Absent)];

    /// <summary>The case, or the end of the test with the reason why there is none.</summary>
    public GoldenCase Case(string id)
    {
        Assert.SkipWhen(id == Absent, $"there is no folder {Path.Combine(Root, name)}; NORM_CONFORMANCE may name another place of the vectors that may not be copied here.");
        return Cases[id];
    }

    private static string Root
    {
        get
        {
            if (Environment.GetEnvironmentVariable("NORM_CONFORMANCE") is { Length: > 0 } folder) return folder;
            var repository = new DirectoryInfo(AppContext.BaseDirectory);
            while (repository is not null && !repository.EnumerateFiles("NormNotebooks.sln").Any()) repository = repository.Parent;
            return Path.GetFullPath(Path.Combine(repository?.FullName ?? AppContext.BaseDirectory, "..", "shared", "conformance"));
        }
    }
}
