using System.Runtime.InteropServices;
using NormCore.Native;

namespace NormCore.Kernels;

/// <summary>What torch's engine says about the backward pass that is running on this thread.</summary>
/// <remarks>
/// Functions of libtorch's C++ interface under their mangled names, which Linux and macOS share and Windows does not.
/// Without them saved tensors are kept until the graph goes, as with TorchSharp's own custom functions.
/// </remarks>
internal static unsafe class BackwardPass
{
    private static readonly delegate* unmanaged[Cdecl]<byte> KeepGraph =
        (delegate* unmanaged[Cdecl]<byte>)Find("_ZN5torch8autograd33get_current_graph_task_keep_graphEv");

    private static readonly delegate* unmanaged[Cdecl]<int> TaskId =
        (delegate* unmanaged[Cdecl]<int>)Find("_ZN5torch8autograd25get_current_graph_task_idEv");

    /// <summary>Whether the graph may be needed again: retain_graph or create_graph was asked for, or nobody knows.</summary>
    public static bool KeepsGraph => KeepGraph == null || KeepGraph() != 0;

    /// <summary>A number of its own for each pass; −1 outside of one, or where nobody knows.</summary>
    public static int Id => TaskId == null ? -1 : TaskId();

    private static nint Find(string function) => NativeLibrary.TryGetExport(NativeTorch.Handle, function, out var address) ? address : 0;
}
