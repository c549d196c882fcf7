using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace NormCore.Tests.Cuda.Fake;

/// <summary>Shared libraries made by g++, each once per machine: they are kept in the temporary folder under a hash of what they are made of.</summary>
internal static class Gcc
{
    private static readonly Lazy<string?> Found = new(FindVersion);
    private static readonly string Flags = $"-std=c++17 -O1 -fPIC -shared -w{(System.Runtime.Intrinsics.X86.Fma.IsSupported ? " -mfma" : "")}";

    /// <summary>The first line of g++ --version; null where there is no g++.</summary>
    public static string? Version => Found.Value;

    /// <summary>The files that stand in for CUDA.</summary>
    public static string Shim { get; } = Path.Combine(AppContext.BaseDirectory, "Cuda", "Shim");

    /// <summary>Leaves out the test that calls it where there is no g++.</summary>
    public static void Require() => Assert.SkipWhen(Version is null, "g++ is not installed; the kernels' numerics are tested with it (Debian's package g++)");

    /// <summary>The library made of a source that includes files of the shim.</summary>
    /// <exception cref="InvalidOperationException">g++ refuses; the message has its own.</exception>
    public static string Library(string source, params IEnumerable<string> options)
    {
        var headers = Directory.GetFiles(Shim).Order(StringComparer.Ordinal).Select(File.ReadAllText);
        string[] everything = [Version!, Flags, .. options, source, .. headers];
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', everything))))[..24];
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"normcore-{Environment.UserName}", "shim")).FullName;
        var library = Path.Combine(folder, $"{key}.so");
        if (!File.Exists(library)) Make(source, options, Path.Combine(folder, $"{key}-{Guid.NewGuid():N}"), library);
        return library;
    }

    /// <summary>An image whose kernels have the names of those of a source, and do nothing.</summary>
    public static byte[] Nothing(string source)
    {
        var entries = source.Split('\n').Where(line => line.StartsWith("ENTRY(", StringComparison.Ordinal)).Select(line => line["ENTRY(".Length..^1]);
        var nothing = string.Concat(entries.Select(entry => $"extern \"C\" void {entry}_run(void**) {{}}\n"));
        return Encoding.UTF8.GetBytes(Library($"extern \"C\" void shim_attach(const void*) {{}}\n{nothing}"));
    }

    private static void Make(string source, IEnumerable<string> options, string draft, string library)
    {
        File.WriteAllText($"{draft}.cpp", source);
        var (code, output) = Run([.. Flags.Split(' '), $"-I{Shim}", .. options, $"{draft}.cpp", "-o", $"{draft}.so"]);
        File.Delete($"{draft}.cpp");
        if (code != 0) throw new InvalidOperationException(output);
        File.Move($"{draft}.so", library, overwrite: true);
    }

    private static string? FindVersion()
    {
        try
        {
            var (code, output) = Run(["--version"]);
            return code == 0 && OperatingSystem.IsLinux() ? output.Split('\n')[0] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static (int Code, string Output) Run(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("g++", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
