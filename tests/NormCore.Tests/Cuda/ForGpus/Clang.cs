using System.Diagnostics;
using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.ForGpus;

/// <summary>clang as a compiler of kernels: each variant must become PTX; what it returns for the launch is a library whose kernels do nothing.</summary>
internal sealed class Clang : IKernelCompiler
{
    // The first that knows sm_90 and the PTX of clusters.
    private const int FirstVersion = 16;
    private static readonly string[] Names = ["clang-19", "clang-18", "clang-17", "clang-16", "clang"];
    private static readonly Lazy<string?> Found = new(() => Names.FirstOrDefault(IsNewEnough));

    private readonly List<Task<(string Variant, string Ptx)>> tasks = [];

    public static string? Program => Found.Value;

    /// <summary>PTX of all variants that were asked for; clang runs while others are.</summary>
    public IReadOnlyList<(string Variant, string Ptx)> Made => [.. tasks.Select(task => task.Result)];

    public string Name => Program!;

    public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
    {
        string[] options =
        [
            "-x", "cuda", "--cuda-device-only", "-nocudainc", "-nocudalib", $"--cuda-gpu-arch={architecture}", "-Wno-unknown-cuda-version",
            "-Xclang", "-target-feature", "-Xclang", architecture == "sm_90" ? "+ptx78" : "+ptx74",
            "-std=c++17", "-O1", "-S", "-include", Path.Combine(Gcc.Shim, "clang_shim.h"), .. defines.Select(define => $"-D{define}"), "-o", "-", "-",
        ];
        tasks.Add(Task.Run(() =>
        {
            var (code, output, errors) = Run(Program!, options, source);
            return code == 0 ? ($"{architecture} {string.Join(" ", defines)}", output) : throw new InvalidOperationException(errors);
        }));
        return Gcc.Nothing(source);
    }

    private static bool IsNewEnough(string name)
    {
        try
        {
            var (code, output, _) = Run(name, ["-dumpversion"], "");
            return code == 0 && int.Parse(output.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) >= FirstVersion;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Errors) Run(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }
}
