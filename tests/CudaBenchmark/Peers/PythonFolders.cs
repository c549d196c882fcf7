using System.Diagnostics;

namespace CudaBenchmark.Peers;

/// <summary>Where a PyTorch has its libraries.</summary>
internal static class PythonFolders
{
    private const string Question =
        "import glob, os, torch; t = os.path.dirname(torch.__file__); s = os.path.dirname(t); " +
        "print('\\n'.join([os.path.join(t, 'lib')] + sorted(glob.glob(os.path.join(s, 'nvidia', '*', 'lib')))))";

    /// <summary>The folders; none where there is no such Python, or no torch in it.</summary>
    public static IReadOnlyList<string> Of(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", Question]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var folders = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            process.WaitForExit();
            errors.Wait();
            return process.ExitCode == 0 ? folders : [];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }
}
