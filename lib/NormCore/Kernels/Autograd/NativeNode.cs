using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>A node of torch's graph with managed callbacks: the functions of TorchSharp's library behind its custom operations.</summary>
/// <remarks>Each call but the plain getters clears the thread's last error.</remarks>
internal static unsafe partial class NativeNode
{
    private const string Library = "LibTorchSharp";

    /// <summary>A strong and a weak reference to the node.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Reference
    {
        public nint Strong;
        public nint Weak;
    }

    /// <summary>Tensors in a row.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Tensors
    {
        public nint* First;
        public long Count;
    }

    /// <summary>Gradients of outputs in, gradients of inputs out. Native code deletes neither.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate Tensors Apply(nint* gradients, int count);

    /// <summary>The last reference to the node is gone.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void Deleted();

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_ctor")]
    public static partial Reference Create(nint apply, nint deleted);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_disposeSharedPtr")]
    public static partial void DropStrong(Reference node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_disposeWeakPtr")]
    public static partial void DropWeak(Reference node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_setNextEdges")]
    public static partial void SetNextEdges(Reference node, Tensors inputs, byte isExecutable);

    /// <summary>Makes tensors outputs of the node; <paramref name="allocator"/> says where their new handles go.</summary>
    [LibraryImport(Library, EntryPoint = "THSAutograd_Function_wrapOutputs")]
    public static partial void WrapOutputs(Tensors inputs, Tensors nonDifferentiable, Tensors dirty, Tensors outputs, Reference node, delegate* unmanaged[Cdecl]<nint, nint*> allocator);

    /// <summary>Remembers a tensor and its version; 0 and an error where torch refuses.</summary>
    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_ctor")]
    public static partial nint Save(nint tensor, Reference node, byte isInPlaceOnView);

    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_dispose")]
    public static partial void DeleteSaved(nint saved);

    /// <summary>Lets go of the tensor; a later <see cref="Unpack"/> fails as it does in torch.</summary>
    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_reset_data")]
    public static partial void ResetSaved(nint saved);

    /// <summary>The saved tensor; 0 and an error where it was changed in place since, or let go.</summary>
    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_unpack")]
    public static partial nint Unpack(nint saved, Reference node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_isGradEnabled")]
    [SuppressGCTransition]
    public static partial byte IsGradEnabled();

    [LibraryImport(Library, EntryPoint = "THSTorch_get_and_reset_last_err")]
    private static partial nint TakeLastError();

    /// <summary>The thread's last error in the words of torch.</summary>
    public static InvalidOperationException LastError() => new(Marshal.PtrToStringUTF8(TakeLastError()) ?? "libtorch gives no reason.");
}
