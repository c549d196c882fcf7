using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace NormCore.Kernels;

// From compiled code to a running kernel.
internal sealed unsafe partial class CudaDriver
{
    private const int MaxDynamicSharedBytes = 8;
    private const int NonPortableClusterSizeAllowed = 14;

    /// <summary>Loads compiled code into the current context.</summary>
    /// <exception cref="CudaException">It is not for this GPU, or no code.</exception>
    public nint LoadModule(ReadOnlySpan<byte> image)
    {
        nint module;
        // PTX is text that ends with a 0.
        byte[] terminated = [.. image, 0];
        fixed (byte* first = terminated) Check(loadModule(&module, first), "cuModuleLoadData");
        return module;
    }

    /// <summary>A kernel of a module by its name.</summary>
    public nint Function(nint module, string name)
    {
        nint found;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0')) Check(function(&found, module, text), $"cuModuleGetFunction({name})");
        return found;
    }

    /// <summary>Lets a kernel have more dynamic shared memory than 48 KiB, which every kernel may have.</summary>
    public void AllowShared(nint kernel, int bytes) =>
        Check(setFunctionAttribute(kernel, MaxDynamicSharedBytes, bytes), $"cuFuncSetAttribute(shared memory {bytes})");

    /// <summary>Lets a kernel run in clusters of more than 8 blocks, which not every GPU with clusters can.</summary>
    public void AllowLargeClusters(nint kernel) =>
        Check(setFunctionAttribute(kernel, NonPortableClusterSizeAllowed, 1), "cuFuncSetAttribute(cluster size)");

    /// <summary>Runs a kernel in the current context, given a pointer to each argument.</summary>
    public void Launch(nint kernel, in LaunchShape shape, void** arguments, nint stream)
    {
        var (x, y, block, shared) = ((uint)shape.GridX, (uint)shape.GridY, (uint)shape.Block, (uint)shape.SharedBytes);
        if (shape.Cluster == 1)
        {
            Check(launch(kernel, x, y, 1, block, 1, 1, shared, stream, arguments, null), "cuLaunchKernel", shape);
            return;
        }
        if (launchWithAttributes == null) throw new CudaException("this CUDA driver has no cuLaunchKernelEx, which thread-block clusters need; it comes with drivers for CUDA 11.8 and later.");
        var cluster = new LaunchAttribute { Id = LaunchAttribute.ClusterDimension, X = (uint)shape.Cluster, Y = 1, Z = 1 };
        var configuration = new LaunchConfiguration
        {
            GridX = x,
            GridY = y,
            GridZ = 1,
            BlockX = block,
            BlockY = 1,
            BlockZ = 1,
            SharedBytes = shared,
            Stream = stream,
            Attributes = &cluster,
            AttributeCount = 1,
        };
        Check(launchWithAttributes(&configuration, kernel, arguments, null), "cuLaunchKernelEx", shape);
    }

    /// <summary>Throws unless a call of the driver succeeded.</summary>
    /// <exception cref="CudaException">It did not; the message has the driver's own words.</exception>
    public void Check(int result, string call)
    {
        if (result != 0) Throw(result, call);
    }

    private void Check(int result, string call, in LaunchShape shape)
    {
        if (result != 0) Throw(result, $"{call} of {shape}");
    }

    [DoesNotReturn]
    private void Throw(int result, string call)
    {
        byte* name = null, text = null;
        _ = errorName(result, &name);
        _ = errorText(result, &text);
        throw new CudaException($"{call} failed: {Marshal.PtrToStringUTF8((nint)name) ?? "error"} ({result}), {Marshal.PtrToStringUTF8((nint)text) ?? "which the driver has no words for"}.");
    }

    private nint Export(string name) =>
        NativeLibrary.TryGetExport(Library, name, out var address) ? address : throw new CudaException($"the CUDA driver has no {name}: it is too old.");
}
