namespace NormKernel.Notebooks;

/// <summary>Finds the notebooks that a command is about.</summary>
public static class NotebookFiles
{
    /// <summary>The notebooks at <paramref name="paths"/> (files or folders), or else those in the repository's notebooks folder.</summary>
    /// <exception cref="NotebookPathException">A path does not exist or a folder holds no notebook.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths, string currentFolder)
    {
        if (paths.Count > 0)
            return [.. paths.SelectMany(path => At(Path.GetFullPath(path, currentFolder), path)).Distinct()];

        var root = Repository.FindRoot(currentFolder)
            ?? throw new NotebookPathException($"no repository (a folder with a .sln file) at or above {currentFolder}: go there, or name the notebooks");
        var folder = Path.Combine(root, "notebooks");
        return At(folder, folder);
    }

    private static List<string> At(string fullPath, string given)
    {
        if (File.Exists(fullPath))
            return [fullPath];
        if (!Directory.Exists(fullPath))
            throw new NotebookPathException($"{given}: there is no such file or folder");

        var notebooks = Directory.EnumerateFiles(fullPath, "*.ipynb")
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .ToList();
        return notebooks.Count > 0 ? notebooks : throw new NotebookPathException($"{given}: the folder holds no notebook (*.ipynb)");
    }
}
