using System.Globalization;
using System.Text.RegularExpressions;
using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.ForGpus;

/// <summary>NVIDIA's own compiler, which needs no GPU: each variant must become machine code; what is launched are kernels that do nothing.</summary>
internal sealed partial class Nvrtc : IKernelCompiler
{
    private static readonly Lazy<bool> Found = new(() =>
    {
        try
        {
            NvrtcLibrary.Load(NvrtcFiles.Find([]));
            return true;
        }
        catch (CudaException)
        {
            return false;
        }
    });

    private readonly List<KernelResources> made = [];
    private readonly NvrtcCompiler compiler;
    private string log = "";

    public Nvrtc() => compiler = NvrtcCompiler.Load(NvrtcFiles.Find([]), text => log = text);

    public static bool IsHere => Found.Value;

    /// <summary>What ptxas said of each kernel so far.</summary>
    public IReadOnlyList<KernelResources> Made => made;

    public string Name => compiler.Name;

    public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
    {
        var image = compiler.Compile(source, architecture, defines);
        Assert.Equal("\u007fELF"u8, image.AsSpan(0, 4));
        foreach (Match kernel in Report().Matches(log))
        {
            int Number(string group) => int.Parse(kernel.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
            made.Add(new($"{kernel.Groups["name"]} {architecture} {string.Join(' ', defines)}", Number("registers"), Number("frame"), Number("stores") + Number("loads")));
        }
        return Gcc.Nothing(source);
    }

    [GeneratedRegex(@"entry function '(?<name>\w+)'.*?(?<frame>\d+) bytes stack frame, (?<stores>\d+) bytes spill stores, (?<loads>\d+) bytes spill loads.*?Used (?<registers>\d+) registers", RegexOptions.Singleline)]
    private static partial Regex Report();
}

/// <summary>What a kernel takes of a multiprocessor.</summary>
/// <param name="Kernel">Its name, architecture and macros.</param>
/// <param name="Registers">Of a thread.</param>
/// <param name="Frame">Bytes of memory of a thread's own.</param>
/// <param name="Spilled">Bytes of registers that are written there and read again.</param>
internal sealed record KernelResources(string Kernel, int Registers, int Frame, int Spilled);
