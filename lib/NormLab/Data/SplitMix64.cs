namespace NormLab.Data;

/// <summary>
/// A small generator with the same numbers on every platform and in every version of .NET: Steele, Lea and Flood,
/// Fast Splittable Pseudorandom Number Generators (2014).
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform on [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * ((Next() >> 11) * (1.0 / (1UL << 53)));

    /// <summary>Roughly normal with variance 1: a sum of uniforms, because logarithms round differently between platforms.</summary>
    public double Noise()
    {
        // Four uniform 16-bit parts of one draw; the variance of their sum is 4 · 2³²/12.
        var bits = Next();
        var sum = (double)(bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48);
        return (sum - 2 * 65535.0) / 37837.2;
    }
}
