using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Tensors by their handles: pointers to at::Tensor objects, which whoever receives a new one deletes.</summary>
/// <remarks>The getters take a few nanoseconds; they neither wait nor call back, so the runtime need not prepare for that.</remarks>
internal static unsafe partial class NativeTensor
{
    private const string Library = "LibTorchSharp";

    [LibraryImport(Library, EntryPoint = "THSTensor_dispose")]
    public static partial void Delete(nint tensor);

    /// <summary>A second handle of the same tensor.</summary>
    public static nint Share(nint tensor) => ToType(tensor, Type(tensor), 0, 0);

    // To the type that it has: the same tensor, on any device.
    [LibraryImport(Library, EntryPoint = "THSTensor_to_type")]
    private static partial nint ToType(nint tensor, sbyte type, byte copy, byte withoutWaiting);

    /// <summary>Handles as tensors of the present dispose scope, null for 0.</summary>
    public static Tensor?[] AsTensors(ReadOnlySpan<nint> handles)
    {
        var tensors = new Tensor?[handles.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = handles[i] == 0 ? null : AsTensor(handles[i]);
        return tensors;
    }

    /// <summary>The tensor of a handle, which stays the caller's.</summary>
    public static Tensor AsTensor(nint handle) => Tensor.UnsafeCreateTensor(Share(handle));

    [LibraryImport(Library, EntryPoint = "THSTensor_requires_grad")]
    [SuppressGCTransition]
    public static partial byte RequiresGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_is_contiguous")]
    [SuppressGCTransition]
    public static partial byte IsContiguous(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_type")]
    [SuppressGCTransition]
    public static partial sbyte Type(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_device_type")]
    [SuppressGCTransition]
    public static partial int DeviceType(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_device_index")]
    [SuppressGCTransition]
    public static partial int DeviceIndex(nint tensor);

    /// <summary>Elements from the start of the memory to the first of the tensor.</summary>
    [LibraryImport(Library, EntryPoint = "THSTensor_storage_offset")]
    [SuppressGCTransition]
    public static partial long Offset(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_stride")]
    [SuppressGCTransition]
    public static partial long Stride(nint tensor, long axis);

    [LibraryImport(Library, EntryPoint = "THSTensor_ndimension")]
    [SuppressGCTransition]
    public static partial long Rank(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_size")]
    [SuppressGCTransition]
    public static partial long Length(nint tensor, long axis);

    [LibraryImport(Library, EntryPoint = "THSTensor_element_size")]
    [SuppressGCTransition]
    public static partial long ElementSize(nint tensor);

    /// <summary>Where the first element lies.</summary>
    [LibraryImport(Library, EntryPoint = "THSTensor_data")]
    public static partial void* Data(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_copy_")]
    public static partial long Copy(nint to, nint from, byte withoutWaiting);

    [LibraryImport(Library, EntryPoint = "THSTensor_as_strided")]
    public static partial nint AsStrided(nint tensor, long* sizes, int rank, long* strides, int strideCount, long offset);

    [LibraryImport(Library, EntryPoint = "THSTensor_detach")]
    public static partial nint Detach(nint tensor);

    /// <summary>A contiguous tensor over memory that somebody else allocated, and takes back when the last tensor over it goes.</summary>
    [LibraryImport(Library, EntryPoint = "THSTensor_new")]
    public static partial nint Over(void* memory, delegate* unmanaged[Cdecl]<void*, void> takeBack, long* sizes, int rank, sbyte type, sbyte finalType, int device, int index, byte requiresGrad);

    /// <summary>A new tensor of the shape, type, device and order in memory of another; its values are whatever lies there.</summary>
    public static nint EmptyLike(nint tensor) =>
        EmptyLike(tensor, Type(tensor), DeviceType(tensor), DeviceIndex(tensor), 0) is var made && made != 0 ? made : throw NativeNode.LastError();

    [LibraryImport(Library, EntryPoint = "THSTensor_empty")]
    public static partial nint Empty(long* sizes, int rank, sbyte type, int device, int index, byte requiresGrad);

    [LibraryImport(Library, EntryPoint = "THSTensor_empty_like")]
    private static partial nint EmptyLike(nint tensor, sbyte type, int device, int index, byte requiresGrad);
}
