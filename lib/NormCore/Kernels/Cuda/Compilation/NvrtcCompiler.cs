using System.Runtime.InteropServices;
using System.Text;

namespace NormCore.Kernels;

/// <summary>NVRTC: machine code for an architecture that it knows, and for a newer one PTX, which the driver translates.</summary>
/// <param name="library">It.</param>
/// <param name="report">Receives what ptxas says of each kernel: its registers, and how much of them spills to memory. Costs nothing at run time.</param>
internal sealed unsafe class NvrtcCompiler(NvrtcLibrary library, Action<string>? report = null) : IKernelCompiler
{
    /// <summary>The first of the files that loads.</summary>
    /// <exception cref="CudaException">None does.</exception>
    public static NvrtcCompiler Load(IReadOnlyList<NvrtcFiles> candidates, Action<string>? report = null) => new(NvrtcLibrary.Load(candidates), report);

    public string Name => $"NVRTC {library.Version}";

    public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
    {
        var target = Target(architecture);
        nint program;
        fixed (byte* text = Encoding.UTF8.GetBytes(source + '\0'), name = "kernels.cu\0"u8)
            library.Check(library.CreateProgram(&program, text, name, 0, null, null), "nvrtcCreateProgram");
        try
        {
            var result = Compile(program, [$"--gpu-architecture={target}", "--std=c++17", .. defines.Select(define => $"-D{define}"), .. report is null ? [] : (string[])["--ptxas-options=-v"]]);
            var log = result != 0 || report is not null ? Encoding.UTF8.GetString(library.Get("ProgramLog", program)).TrimEnd('\0', '\n') : "";
            library.Check(result, $"compiling for {target}", log);
            report?.Invoke(log);
            return library.Get(target.StartsWith("sm_", StringComparison.Ordinal) ? "CUBIN" : "PTX", program);
        }
        finally
        {
            _ = library.DestroyProgram(&program);
        }
    }

    private int Compile(nint program, string[] options)
    {
        var texts = stackalloc byte*[options.Length];
        for (var i = 0; i < options.Length; i++) texts[i] = (byte*)Marshal.StringToCoTaskMemUTF8(options[i]);
        try
        {
            return library.CompileProgram(program, options.Length, texts);
        }
        finally
        {
            for (var i = 0; i < options.Length; i++) Marshal.FreeCoTaskMem((nint)texts[i]);
        }
    }

    // PTX of an older architecture runs on a newer one, not the other way round.
    private string Target(string architecture)
    {
        var wanted = int.Parse(architecture.AsSpan("sm_".Length), System.Globalization.CultureInfo.InvariantCulture);
        if (library.Architectures.Contains(wanted)) return architecture;
        var older = library.Architectures.Where(known => known < wanted).DefaultIfEmpty().Max();
        return older > 0
            ? $"compute_{older}"
            : throw new CudaException($"NVRTC {library.Version} does not know the architecture {architecture}; it knows {string.Join(", ", library.Architectures.Select(known => $"sm_{known}"))}.");
    }
}
