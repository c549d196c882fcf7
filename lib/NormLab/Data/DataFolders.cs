namespace NormLab.Data;

/// <summary>Where data lies on this machine.</summary>
internal static class DataFolders
{
    /// <summary>The folder that the user names, or null.</summary>
    public static string? Given => Environment.GetEnvironmentVariable("NORM_DATA") is { Length: > 0 } folder ? folder : null;

    /// <summary>Whether the user forbids downloads.</summary>
    public static bool IsOffline => Environment.GetEnvironmentVariable("NORM_OFFLINE") == "1";

    /// <summary>Where downloads are kept: data/cache of the repository around the working folder, else the user's own data folder.</summary>
    public static string Cache => Repository is { } repository
        ? Path.Combine(repository, "data", "cache")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "NormNotebooks", "data");

    /// <summary>The folder of the repository around the working folder, or null.</summary>
    public static string? Repository
    {
        get
        {
            for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "NormNotebooks.sln")))
                    return folder.FullName;
            }

            return null;
        }
    }
}
