using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Benchmarks.Timing;

/// <summary>The machine, in words, for the head of a table.</summary>
internal static class Machine
{
    public static string Describe() => Describe(get_num_threads());

    /// <summary>For programs that leave torch alone.</summary>
    public static string Describe(int threads) =>
        $"{Processor()}, {threads} threads, {Width()}-bit vectors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static int Width() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
}
