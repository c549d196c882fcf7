namespace NormCore.Kernels;

/// <summary>A handle that is deleted at the end of its scope; 0 for none.</summary>
internal readonly unsafe ref struct OwnedTensor(nint handle)
{
    public nint Handle => handle;

    /// <summary>Where the first element lies, or null.</summary>
    public nint Data => handle == 0 ? 0 : (nint)NativeTensor.Data(handle);

    public void Dispose()
    {
        if (handle != 0) NativeTensor.Delete(handle);
    }
}
