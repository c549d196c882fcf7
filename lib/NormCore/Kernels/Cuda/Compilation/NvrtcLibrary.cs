using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>The functions of NVRTC.</summary>
internal sealed unsafe class NvrtcLibrary
{
    private readonly nint library;
    private readonly delegate* unmanaged[Cdecl]<int, byte*> errorText;

    private NvrtcLibrary(nint library)
    {
        this.library = library;
        errorText = (delegate* unmanaged[Cdecl]<int, byte*>)Export("nvrtcGetErrorString");
        CreateProgram = (delegate* unmanaged[Cdecl]<nint*, byte*, byte*, int, byte**, byte**, int>)Export("nvrtcCreateProgram");
        CompileProgram = (delegate* unmanaged[Cdecl]<nint, int, byte**, int>)Export("nvrtcCompileProgram");
        DestroyProgram = (delegate* unmanaged[Cdecl]<nint*, int>)Export("nvrtcDestroyProgram");
        var version = (delegate* unmanaged[Cdecl]<int*, int*, int>)Export("nvrtcVersion");
        int major, minor;
        Check(version(&major, &minor), "nvrtcVersion");
        Version = new Version(major, minor);
        Architectures = SupportedArchitectures();
    }

    public delegate* unmanaged[Cdecl]<nint*, byte*, byte*, int, byte**, byte**, int> CreateProgram { get; }

    public delegate* unmanaged[Cdecl]<nint, int, byte**, int> CompileProgram { get; }

    public delegate* unmanaged[Cdecl]<nint*, int> DestroyProgram { get; }

    /// <summary>The release: 12.8.</summary>
    public Version Version { get; }

    /// <summary>The architectures that it compiles for: 90 is sm_90.</summary>
    public IReadOnlyList<int> Architectures { get; }

    /// <summary>The first of the files that loads.</summary>
    /// <exception cref="CudaException">None does.</exception>
    public static NvrtcLibrary Load(IReadOnlyList<NvrtcFiles> candidates)
    {
        foreach (var (file, builtins) in candidates)
        {
            // NVRTC asks for its builtins by name, which finds them only once they are loaded.
            if (builtins is not null) NativeLibrary.TryLoad(builtins, out _);
            if (NativeLibrary.TryLoad(file, out var library)) return new NvrtcLibrary(library);
        }
        throw new CudaException(
            $"""
            NVRTC, the compiler that kernels are built with, is not there or does not load (tried: {string.Join(", ", candidates.Select(candidate => candidate.Library).DefaultIfEmpty("nothing"))}). It comes with TorchSharp's CUDA packages and with PyTorch; the environment variable NORM_NVRTC names the folder that has it.
            """);
    }

    /// <summary>What nvrtcGet…Size and nvrtcGet… give of a program.</summary>
    public byte[] Get(string what, nint program)
    {
        nuint size;
        Check(((delegate* unmanaged[Cdecl]<nint, nuint*, int>)Export($"nvrtcGet{what}Size"))(program, &size), $"nvrtcGet{what}Size");
        var content = new byte[size];
        fixed (byte* first = content) Check(((delegate* unmanaged[Cdecl]<nint, byte*, int>)Export($"nvrtcGet{what}"))(program, first), $"nvrtcGet{what}");
        return content;
    }

    /// <summary>Throws unless a call succeeded.</summary>
    /// <exception cref="CudaException">It did not.</exception>
    public void Check(int result, string call, string? log = null)
    {
        if (result != 0) Throw(result, call, log);
    }

    [DoesNotReturn]
    private void Throw(int result, string call, string? log) =>
        throw new CudaException($"{call} of NVRTC {Version} failed: {Marshal.PtrToStringUTF8((nint)errorText(result))}.{(log is null ? "" : $" {log}")}");

    private int[] SupportedArchitectures()
    {
        int count;
        Check(((delegate* unmanaged[Cdecl]<int*, int>)Export("nvrtcGetNumSupportedArchs"))(&count), "nvrtcGetNumSupportedArchs");
        var architectures = new int[count];
        fixed (int* first = architectures) Check(((delegate* unmanaged[Cdecl]<int*, int>)Export("nvrtcGetSupportedArchs"))(first), "nvrtcGetSupportedArchs");
        return architectures;
    }

    private nint Export(string name) =>
        NativeLibrary.TryGetExport(library, name, out var address) ? address : throw new CudaException($"this NVRTC has no {name}; CUDA 11.2 or later is needed.");
}
