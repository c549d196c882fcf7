using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>CUlaunchConfig of the driver.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LaunchConfiguration
{
    public uint GridX, GridY, GridZ, BlockX, BlockY, BlockZ, SharedBytes;
    public nint Stream;
    public LaunchAttribute* Attributes;
    public uint AttributeCount;
}

/// <summary>CUlaunchAttribute of the driver: a number that says which, and a union, here of a cluster's dimensions.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct LaunchAttribute
{
    public const int ClusterDimension = 4;

    [FieldOffset(0)]
    public int Id;

    [FieldOffset(8)]
    public uint X;

    [FieldOffset(12)]
    public uint Y;

    [FieldOffset(16)]
    public uint Z;
}
