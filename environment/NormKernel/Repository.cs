namespace NormKernel;

/// <summary>The repository that a path lies in: the nearest folder upwards that holds a solution file.</summary>
public static class Repository
{
    /// <summary>The repository's root, or null where no folder upwards of <paramref name="path"/> holds a solution.</summary>
    public static string? FindRoot(string path)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && folder.EnumerateFiles("*.sln*").Any(file => file.Extension is ".sln" or ".slnx"))
                return folder.FullName;
        }

        return null;
    }
}
