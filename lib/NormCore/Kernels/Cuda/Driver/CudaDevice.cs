using System.Collections.Concurrent;

namespace NormCore.Kernels;

/// <summary>One GPU on which kernels run: each is compiled when it is first launched, and kept.</summary>
/// <remarks>Safe for many threads. Launching needs no current context, as the threads of torch's backward have one or another.</remarks>
internal sealed unsafe class CudaDevice
{
    private readonly CudaDriver driver;
    private readonly KernelCache cache;
    private readonly nint context;
    private readonly ConcurrentDictionary<KernelVariant, Lazy<CudaKernel>> kernels = new();

    internal CudaDevice(CudaDriver driver, KernelCache cache, int ordinal)
    {
        (this.driver, this.cache, Ordinal) = (driver, cache, ordinal);
        var handle = driver.Device(ordinal);
        Properties = new DeviceProperties(
            driver.Attribute(DeviceAttribute.ComputeCapabilityMajor, handle),
            driver.Attribute(DeviceAttribute.ComputeCapabilityMinor, handle),
            driver.Attribute(DeviceAttribute.Multiprocessors, handle),
            driver.Attribute(DeviceAttribute.SharedBytesPerBlock, handle),
            driver.DeviceName(handle));
        context = driver.PrimaryContext(handle);
    }

    /// <summary>The GPU of a number, which torch has too.</summary>
    /// <exception cref="CudaException">There is no driver, no such GPU, or no compiler.</exception>
    public static CudaDevice For(int ordinal) => CudaRuntime.Default.Device(ordinal);

    /// <summary>Its number.</summary>
    public int Ordinal { get; }

    /// <summary>What decides how kernels are launched.</summary>
    public DeviceProperties Properties { get; }

    /// <summary>Puts a kernel on a stream and does not wait for it; arguments have 8 bytes each, a float in the low 4.</summary>
    /// <exception cref="CudaException">It does not compile, does not load, or the driver refuses the shape.</exception>
    public void Launch(KernelVariant variant, in LaunchShape shape, ReadOnlySpan<ulong> arguments, nint stream)
    {
        var before = driver.Enter(context);
        try
        {
            var kernel = kernels.GetOrAdd(variant, static (variant, device) => new(() => device.Load(variant)), this).Value;
            kernel.Prepare(shape);
            var pointers = stackalloc void*[arguments.Length];
            fixed (ulong* first = arguments)
            {
                for (var i = 0; i < arguments.Length; i++) pointers[i] = first + i;
                driver.Launch(kernel.Function, shape, pointers, stream);
            }
        }
        finally
        {
            driver.Leave(context, before);
        }
    }

    private CudaKernel Load(KernelVariant variant)
    {
        try
        {
            return new CudaKernel(driver, driver.Function(driver.LoadModule(cache.Get(variant, Properties.Architecture)), variant.Entry));
        }
        catch (CudaException refused)
        {
            throw new CudaException($"{variant} for {Properties.Name} ({Properties.Architecture}): {refused.Message}", refused);
        }
    }
}
