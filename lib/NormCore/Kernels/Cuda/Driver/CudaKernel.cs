namespace NormCore.Kernels;

/// <summary>A loaded kernel, and what it has been allowed so far.</summary>
internal sealed class CudaKernel(CudaDriver driver, nint function)
{
    private const int SharedBytesOfAll = 48 << 10;
    private const int PortableCluster = 8;

    private readonly Lock gate = new();
    private int sharedBytes = SharedBytesOfAll;
    private int cluster = PortableCluster;

    /// <summary>The driver's handle.</summary>
    public nint Function => function;

    /// <summary>Asks the driver for what a shape needs, once.</summary>
    /// <exception cref="CudaException">The GPU does not have it.</exception>
    public void Prepare(in LaunchShape shape)
    {
        if (shape.SharedBytes <= Volatile.Read(ref sharedBytes) && shape.Cluster <= Volatile.Read(ref cluster)) return;
        lock (gate)
        {
            if (shape.SharedBytes > sharedBytes)
            {
                driver.AllowShared(function, shape.SharedBytes);
                Volatile.Write(ref sharedBytes, shape.SharedBytes);
            }
            if (shape.Cluster > cluster)
            {
                driver.AllowLargeClusters(function);
                Volatile.Write(ref cluster, int.MaxValue);
            }
        }
    }
}
