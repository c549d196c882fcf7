namespace NormCore.Kernels;

/// <summary>Numbers of a GPU, as CUdevice_attribute numbers them.</summary>
internal enum DeviceAttribute
{
    Multiprocessors = 16,
    L2Bytes = 38,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
    SharedBytesPerBlock = 97,
}
