namespace NormKernel.Jupyter.Installation;

/// <summary>Where Jupyter keeps and looks for kernels.</summary>
/// <param name="variable">Reads an environment variable.</param>
public sealed class JupyterFolders(Func<string, string?> variable)
{
    /// <summary>The user's own data folder; JUPYTER_DATA_DIR names another.</summary>
    public string User => variable("JUPYTER_DATA_DIR") is { Length: > 0 } given ? given : DefaultUser();

    /// <summary>The data folders in which front ends on this machine look, as far as can be known from here.</summary>
    public IEnumerable<string> All()
    {
        string?[] prefixes = [variable("CONDA_PREFIX"), variable("VIRTUAL_ENV"), .. JupyterPrefixes(), "/usr/local", "/usr"];
        var shared = prefixes.Where(prefix => !string.IsNullOrEmpty(prefix)).Select(prefix => OfPrefix(prefix!));
        return [.. Paths("JUPYTER_PATH"), User, .. shared];
    }

    public static string OfPrefix(string prefix) => Path.Combine(prefix, "share", "jupyter");

    private string DefaultUser()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Path.Combine(variable("APPDATA") ?? Path.Combine(home, "AppData", "Roaming"), "jupyter");
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Jupyter");

        return Path.Combine(variable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }

    // A Python environment need not say that it is one; its jupyter command is on the path.
    private IEnumerable<string?> JupyterPrefixes() => Paths("PATH")
        .Where(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "jupyter.exe" : "jupyter")))
        .Select(Path.GetDirectoryName);

    private string[] Paths(string name) => (variable(name) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
