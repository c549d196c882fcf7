using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Timing;

/// <summary>A peer in Python, by a script that lies beside the program and prints numbers.</summary>
internal static class PythonScript
{
    public static double[] Run(string python, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"{python} {script} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}; does it have torch?");
    }
}
