using CudaBenchmark.Peers;
using NormCore.Kernels;

namespace CudaBenchmark.Device;

/// <summary>A GPU with its context current on this thread for as long as this lives, and memory that goes with it.</summary>
internal sealed class Workplace
{
    private readonly List<nint> memory = [];

    public Workplace(BenchmarkOptions options)
    {
        Driver = CudaDriver.Load(options.Driver);
        // What a stand-in makes is no code for a GPU and must not lie where others look for some.
        var runtime = new CudaRuntime(() => Driver, () => Compiler(options), options.Driver is null ? KernelCache.UserFolder() : null);
        Device = runtime.Device(options.Device);
        var handle = Driver.Device(options.Device);
        L2Bytes = Driver.Attribute(DeviceAttribute.L2Bytes, handle);
        Driver.Enter(Driver.PrimaryContext(handle));
        Functions = new DeviceFunctions(Driver);
    }

    public CudaDriver Driver { get; }

    public CudaDevice Device { get; }

    public DeviceFunctions Functions { get; }

    public long L2Bytes { get; }

    /// <summary>Memory that <see cref="Release"/> takes back; what lies in it is NaN in every type.</summary>
    public nint Allocate(long bytes)
    {
        var made = Functions.Allocate(Math.Max(bytes, 16));
        memory.Add(made);
        Functions.Fill(made, 0xff, Math.Max(bytes, 16));
        return made;
    }

    public void Release()
    {
        Functions.Wait();
        memory.ForEach(Functions.Free);
        memory.Clear();
    }

    private static NvrtcCompiler Compiler(BenchmarkOptions options) =>
        NvrtcCompiler.Load(NvrtcFiles.Find(options.Nvrtc is null ? PythonFolders.Of(options.Python ?? "python3") : [], options.Nvrtc));
}
