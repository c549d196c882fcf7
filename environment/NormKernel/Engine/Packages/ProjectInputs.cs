using System.Text.RegularExpressions;

namespace NormKernel.Engine.Packages;

/// <summary>What a repository's package closure depends on: a restore is taken from the cache only while all of it is unchanged.</summary>
public static partial class ProjectInputs
{
    private static readonly string[] Patterns = ["*.csproj", "*.props", "*.targets", "NuGet.Config", "nuget.config", "global.json"];

    /// <summary>The MSBuild files of the root and of lib/, and the environment variables that they mention.</summary>
    public static IEnumerable<string> Of(string root)
    {
        var files = Files(root, recurse: false).Concat(Files(Path.Combine(root, "lib"), recurse: true)).Distinct().Order(StringComparer.Ordinal);
        var texts = files.Select(file => file + "\n" + File.ReadAllText(file)).ToList();
        var variables = texts.SelectMany(text => Property().Matches(text)).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        return texts.Concat(variables.Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}"));
    }

    private static IEnumerable<string> Files(string folder, bool recurse)
    {
        if (!Directory.Exists(folder))
            return [];

        var options = new EnumerationOptions { RecurseSubdirectories = recurse };
        return Patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, options)).Where(file => !IsGenerated(file));
    }

    // obj/ holds props and targets that a restore writes.
    private static bool IsGenerated(string file) => file.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Property();
}
