namespace NormCore.Kernels;

/// <summary>What of a GPU decides how kernels are launched.</summary>
/// <param name="Major">The compute capability before the point: 9 of 9.0.</param>
/// <param name="Minor">The same after the point.</param>
/// <param name="Multiprocessors">How many blocks run at once, at least.</param>
/// <param name="SharedBytesPerBlock">The most shared memory that a block can have when it asks.</param>
/// <param name="Name">The name that the driver gives.</param>
internal sealed record DeviceProperties(int Major, int Minor, int Multiprocessors, int SharedBytesPerBlock, string Name)
{
    /// <summary>The architecture as compilers call it: sm_90.</summary>
    public string Architecture => $"sm_{Major}{Minor}";
}
