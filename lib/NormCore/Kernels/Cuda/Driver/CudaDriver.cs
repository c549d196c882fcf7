using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>The functions of the CUDA driver that launching a kernel takes, found at run time: a program must start without them.</summary>
internal sealed unsafe partial class CudaDriver
{
    private readonly delegate* unmanaged[Cdecl]<uint, int> initialize;
    private readonly delegate* unmanaged[Cdecl]<int*, int> deviceCount;
    private readonly delegate* unmanaged[Cdecl]<int*, int, int> device;
    private readonly delegate* unmanaged[Cdecl]<byte*, int, int, int> deviceName;
    private readonly delegate* unmanaged[Cdecl]<int*, int, int, int> deviceAttribute;
    private readonly delegate* unmanaged[Cdecl]<nint*, int, int> retainContext;
    private readonly delegate* unmanaged[Cdecl]<nint*, int> currentContext;
    private readonly delegate* unmanaged[Cdecl]<nint, int> setContext;
    private readonly delegate* unmanaged[Cdecl]<nint*, void*, int> loadModule;
    private readonly delegate* unmanaged[Cdecl]<nint*, nint, byte*, int> function;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int, int> setFunctionAttribute;
    private readonly delegate* unmanaged[Cdecl]<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> launch;
    private readonly delegate* unmanaged[Cdecl]<LaunchConfiguration*, nint, void**, void**, int> launchWithAttributes;
    private readonly delegate* unmanaged[Cdecl]<int, byte**, int> errorName, errorText;

    private CudaDriver(nint library)
    {
        Library = library;
        initialize = (delegate* unmanaged[Cdecl]<uint, int>)Export("cuInit");
        deviceCount = (delegate* unmanaged[Cdecl]<int*, int>)Export("cuDeviceGetCount");
        device = (delegate* unmanaged[Cdecl]<int*, int, int>)Export("cuDeviceGet");
        deviceName = (delegate* unmanaged[Cdecl]<byte*, int, int, int>)Export("cuDeviceGetName");
        deviceAttribute = (delegate* unmanaged[Cdecl]<int*, int, int, int>)Export("cuDeviceGetAttribute");
        retainContext = (delegate* unmanaged[Cdecl]<nint*, int, int>)Export("cuDevicePrimaryCtxRetain");
        currentContext = (delegate* unmanaged[Cdecl]<nint*, int>)Export("cuCtxGetCurrent");
        setContext = (delegate* unmanaged[Cdecl]<nint, int>)Export("cuCtxSetCurrent");
        loadModule = (delegate* unmanaged[Cdecl]<nint*, void*, int>)Export("cuModuleLoadData");
        function = (delegate* unmanaged[Cdecl]<nint*, nint, byte*, int>)Export("cuModuleGetFunction");
        setFunctionAttribute = (delegate* unmanaged[Cdecl]<nint, int, int, int>)Export("cuFuncSetAttribute");
        launch = (delegate* unmanaged[Cdecl]<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Export("cuLaunchKernel");
        // Drivers before CUDA 11.8 have no clusters; nothing asks for one there.
        launchWithAttributes = (delegate* unmanaged[Cdecl]<LaunchConfiguration*, nint, void**, void**, int>)(NativeLibrary.TryGetExport(library, "cuLaunchKernelEx", out var address) ? address : 0);
        errorName = (delegate* unmanaged[Cdecl]<int, byte**, int>)Export("cuGetErrorName");
        errorText = (delegate* unmanaged[Cdecl]<int, byte**, int>)Export("cuGetErrorString");
        Check(initialize(0), "cuInit");
    }

    /// <summary>The library itself, for functions that only measurements need.</summary>
    public nint Library { get; }

    /// <summary>The driver of this system, or the library at a path.</summary>
    /// <exception cref="CudaException">There is none, it is too old, or it finds no GPU.</exception>
    public static CudaDriver Load(string? path = null)
    {
        var file = path ?? (OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1");
        return NativeLibrary.TryLoad(file, out var library)
            ? new CudaDriver(library)
            : throw new CudaException($"the CUDA driver {file} is not there or does not load; it comes with the driver of an NVIDIA GPU.");
    }

    /// <summary>How many GPUs there are.</summary>
    public int DeviceCount
    {
        get
        {
            int count;
            Check(deviceCount(&count), "cuDeviceGetCount");
            return count;
        }
    }

    /// <summary>The driver's handle of a GPU.</summary>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public int Device(int ordinal)
    {
        int handle;
        if (ordinal < 0 || ordinal >= DeviceCount) throw new CudaException($"there is no GPU {ordinal}; the driver finds {DeviceCount}, numbered from 0.");
        Check(device(&handle, ordinal), "cuDeviceGet");
        return handle;
    }

    /// <summary>The name of a GPU.</summary>
    public string DeviceName(int handle)
    {
        var name = stackalloc byte[256];
        Check(deviceName(name, 256, handle), "cuDeviceGetName");
        return Marshal.PtrToStringUTF8((nint)name)!;
    }

    /// <summary>A number of a GPU.</summary>
    public int Attribute(DeviceAttribute attribute, int handle)
    {
        int value;
        Check(deviceAttribute(&value, (int)attribute, handle), "cuDeviceGetAttribute");
        return value;
    }

    /// <summary>The context that torch uses too; it is never released, as a context that torch still uses must not go.</summary>
    public nint PrimaryContext(int handle)
    {
        nint context;
        Check(retainContext(&context, handle), "cuDevicePrimaryCtxRetain");
        return context;
    }

    /// <summary>Makes a context current on this thread and returns the one that was, or 0.</summary>
    public nint Enter(nint context)
    {
        nint before;
        Check(currentContext(&before), "cuCtxGetCurrent");
        if (before != context) Check(setContext(context), "cuCtxSetCurrent");
        return before;
    }

    /// <summary>Makes the context before <see cref="Enter"/> current again; torch takes the current one for its current device.</summary>
    public void Leave(nint context, nint before)
    {
        if (before != context) Check(setContext(before), "cuCtxSetCurrent");
    }
}
