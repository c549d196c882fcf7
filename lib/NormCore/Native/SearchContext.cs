namespace NormCore.Native;

/// <summary>Everything outside NormCore that decides where native files are looked for; a value, so that tests can make one up.</summary>
internal sealed record SearchContext
{
    /// <summary>NORM_LIBTORCH: a folder that goes before all others.</summary>
    public string? Override { get; init; }

    /// <summary>NATIVE_DLL_SEARCH_DIRECTORIES of the .NET host.</summary>
    public IReadOnlyList<string> HostFolders { get; init; } = [];

    /// <summary>The folder of the application.</summary>
    public string? AppFolder { get; init; }

    /// <summary>Where TorchSharp.dll was loaded from; inside a package cache when a notebook engine loads it from there.</summary>
    public string? TorchSharpFile { get; init; }

    /// <summary>PROBING_DIRECTORIES of the .NET host: package caches, in builds that leave packages where they are.</summary>
    public IReadOnlyList<string> ProbingFolders { get; init; } = [];

    /// <summary>NUGET_PACKAGES: the package cache, where it was moved.</summary>
    public string? NuGetPackages { get; init; }

    /// <summary>The home folder, whose .nuget/packages is the default package cache.</summary>
    public string? Home { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string Backend { get; init; }

    /// <summary>The context of this process.</summary>
    public static SearchContext OfThisProcess() => new()
    {
        Override = Environment.GetEnvironmentVariable("NORM_LIBTORCH"),
        HostFolders = HostList("NATIVE_DLL_SEARCH_DIRECTORIES"),
        AppFolder = AppContext.BaseDirectory,
        TorchSharpFile = TorchBuild.TorchSharp.Location,
        ProbingFolders = HostList("PROBING_DIRECTORIES"),
        NuGetPackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES"),
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Backend = TorchBuild.Backend,
    };

    private static string[] HostList(string name) =>
        (AppContext.GetData(name) as string)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
