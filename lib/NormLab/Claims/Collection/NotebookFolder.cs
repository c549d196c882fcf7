namespace NormLab.Claims;

/// <summary>Finds the collection: the front ends start cells in different folders.</summary>
internal static class NotebookFolder
{
    /// <summary>The notebooks in a folder, in order; null for the working folder, or else the folder notebooks found upwards of it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static IReadOnlyList<string> Files(string? folder)
    {
        if (folder is not null)
            return In(folder) is { Count: > 0 } given ? given : throw new DirectoryNotFoundException($"{folder} holds no notebook (*.ipynb); name the folder of the collection.");

        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
        {
            var found = In(at.FullName) is { Count: > 0 } here ? here : In(Path.Combine(at.FullName, "notebooks"));
            if (found.Count > 0)
                return found;
        }

        throw new DirectoryNotFoundException($"Neither {Environment.CurrentDirectory} nor a folder notebooks upwards of it holds a notebook (*.ipynb): start in the folder of the collection, or name it.");
    }

    private static List<string> In(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.ipynb").Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)]
        : [];
}
