namespace NormKernel.Site.Pictures;

/// <summary>Where Chromium, Chrome and Edge are found on Linux, Windows and macOS.</summary>
internal static class ChromiumPlaces
{
    private static readonly string[] Commands =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge"];

    private static readonly string[] MacPlaces =
    [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private static readonly string[] WindowsPlaces =
        [@"Chromium\Application\chrome.exe", @"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    /// <summary>The chosen browser (a path or a command), else the first that exists. A choice that does not exist is none: it never falls back.</summary>
    public static string? First(string? chosen)
    {
        if (!string.IsNullOrWhiteSpace(chosen))
            return File.Exists(chosen) ? chosen : OnPath([chosen]).FirstOrDefault();
        return OnPath(Commands).Concat(Usual()).FirstOrDefault(File.Exists);
    }

    /// <summary>Where Ubuntu's Chromium may have files: it is a snap, which sees neither /tmp nor hidden folders.</summary>
    public static string SnapFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "snap", "chromium", "common");

    public static bool IsSnap(string executable) =>
        executable.StartsWith("/snap/", StringComparison.Ordinal) || (executable.EndsWith("/chromium-browser", StringComparison.Ordinal) && File.Exists("/snap/bin/chromium"));

    private static IEnumerable<string> OnPath(IReadOnlyList<string> commands) =>
        from command in commands
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let path = Path.Combine(folder, OperatingSystem.IsWindows() ? command + ".exe" : command)
        where File.Exists(path)
        select path;

    private static IEnumerable<string> Usual()
    {
        if (OperatingSystem.IsMacOS())
            return MacPlaces;
        if (!OperatingSystem.IsWindows())
            return [];

        Environment.SpecialFolder[] roots =
            [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData];
        return roots.Select(Environment.GetFolderPath).SelectMany(root => WindowsPlaces.Select(place => Path.Combine(root, place)));
    }
}
