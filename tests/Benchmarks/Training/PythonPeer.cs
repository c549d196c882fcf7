using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Training;

/// <summary>The same training in Python, by <c>steps.py</c> beside the program.</summary>
internal static class PythonPeer
{
    public static double StepsPerSecond(string python, string network, int threads, int steps, int rounds)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "steps.py"), .. network.Split(' '), $"{threads}", $"{steps}", $"{rounds}"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{python} steps.py {network} ended with exit code {process.ExitCode}; does it have torch?");
    }
}
