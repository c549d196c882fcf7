namespace Polyglot.Tests;

/// <summary>The repository that these tests lie in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>Whether the libraries are packed, so that the set-up's <c>#r "nuget: NormLab, 1.*"</c> has something to find.</summary>
    public static bool IsPacked => Directory.EnumerateFiles(Path.Combine(Root, "packages"), "NormLab.1.*.nupkg").Any();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NormNotebooks.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"there is no NormNotebooks.sln at or above {AppContext.BaseDirectory}");
    }
}
