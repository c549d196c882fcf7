using System.Runtime.InteropServices;

namespace Benchmarks.Norms.Peers;

/// <summary>The part of oneDNN 2's C interface that a normalization needs; sizes and numbers are those of its headers.</summary>
internal static unsafe partial class OneDnnNative
{
    public const string File = "libdnnl.so.2";
    public const int Cpu = 1, InOrder = 1, Float32 = 3;
    public const int ForwardTraining = 64, ForwardInference = 96;
    public const uint UseGlobalStatistics = 1, UseScaleAndShift = 8 | 16;
    public const int Source = 1, Destination = 17, Mean = 49, Variance = 50, Scale = 51, Shift = 52;

    /// <summary>dnnl_memory_desc_t: shape, strides and type of a tensor.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 696)]
    public struct MemoryDescription;

    /// <summary>dnnl_batch_normalization_desc_t and dnnl_layer_normalization_desc_t, of the same size.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 3496)]
    public struct NormDescription;

    /// <summary>dnnl_exec_arg_t: a memory and what it is to the operation.</summary>
    public readonly record struct Argument(int Role, nint Memory);

    public static string Version()
    {
        var numbers = (int*)dnnl_version();
        return $"{numbers[0]}.{numbers[1]}.{numbers[2]}";
    }

    /// <exception cref="InvalidOperationException">The call did not succeed.</exception>
    public static void Check(int status, string call)
    {
        if (status != 0) throw new InvalidOperationException($"oneDNN: {call} returned status {status} (1 out of memory, 2 invalid arguments, 3 unimplemented).");
    }

    [LibraryImport(File)]
    private static partial nint dnnl_version();

    [LibraryImport(File)]
    public static partial int dnnl_engine_create(out nint engine, int kind, nuint index);

    [LibraryImport(File)]
    public static partial int dnnl_stream_create(out nint stream, nint engine, uint flags);

    [LibraryImport(File)]
    public static partial int dnnl_memory_desc_init_by_strides(out MemoryDescription description, int dimensions, long[] shape, int type, long[] strides);

    [LibraryImport(File)]
    public static partial int dnnl_memory_create(out nint memory, in MemoryDescription description, nint engine, nint data);

    [LibraryImport(File)]
    public static partial int dnnl_memory_destroy(nint memory);

    [LibraryImport(File)]
    public static partial int dnnl_batch_normalization_forward_desc_init(out NormDescription norm, int propagation, in MemoryDescription data, float eps, uint flags);

    [LibraryImport(File)]
    public static partial int dnnl_layer_normalization_forward_desc_init(
        out NormDescription norm, int propagation, in MemoryDescription data, in MemoryDescription statistics, float eps, uint flags);

    [LibraryImport(File)]
    public static partial int dnnl_primitive_desc_create(out nint description, in NormDescription norm, nint attributes, nint engine, nint hint);

    [LibraryImport(File)]
    public static partial int dnnl_primitive_desc_destroy(nint description);

    [LibraryImport(File)]
    public static partial int dnnl_primitive_create(out nint primitive, nint description);

    [LibraryImport(File)]
    public static partial int dnnl_primitive_destroy(nint primitive);

    [LibraryImport(File)]
    public static partial int dnnl_primitive_execute(nint primitive, nint stream, int count, Argument* arguments);

    [LibraryImport(File)]
    public static partial int dnnl_stream_wait(nint stream);
}
