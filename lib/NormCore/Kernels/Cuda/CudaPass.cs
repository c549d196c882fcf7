namespace NormCore.Kernels;

/// <summary>The launches of one call, in order on one stream, and the scratch that they share; without a device it only counts the scratch.</summary>
internal ref struct CudaPass(CudaDevice? device, DeviceProperties properties, nint scratch, nint stream)
{
    private const long Alignment = 16;

    /// <summary>What decides the plans.</summary>
    public readonly DeviceProperties Properties => properties;

    /// <summary>Vectors of no more bytes than these are used: 16, unless it is to be known what narrower ones would need.</summary>
    public int VectorBytes { get; init; } = 16;

    /// <summary>How many bytes of scratch have been taken.</summary>
    public long ScratchBytes { get; private set; }

    /// <summary>Room for n floats, not cleared.</summary>
    public nint Take(long n)
    {
        var taken = scratch + (nint)ScratchBytes;
        ScratchBytes += (n * sizeof(float) + Alignment - 1) / Alignment * Alignment;
        return taken;
    }

    /// <summary>The same where a result is needed that nobody asked to keep.</summary>
    public nint TakeUnless(nint given, long n) => given != 0 ? given : Take(n);

    /// <summary>Puts a kernel on the stream.</summary>
    /// <exception cref="CudaException">It does not compile or the driver refuses it, or the grid is beyond what a launch can have.</exception>
    public readonly void Launch(string family, string entry, ReadOnlySpan<(string Name, int Value)> defines, long blocks, int block, int cluster, int sharedBytes, ReadOnlySpan<ulong> arguments)
    {
        if (device is null) return;
        if (blocks > int.MaxValue)
            throw new CudaException($"{entry} would take {blocks} blocks, and a launch has at most {int.MaxValue}: so many sets are too small each to be worth a kernel.");
        var texts = new string[defines.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = $"{defines[i].Name}={defines[i].Value}";
        Array.Sort(texts, string.CompareOrdinal);
        device.Launch(new KernelVariant(family, entry, texts), new LaunchShape((int)blocks, 1, block, cluster, sharedBytes), arguments, stream);
    }
}
