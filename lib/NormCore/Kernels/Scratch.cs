using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>Memory for one call, aligned to cache lines and freed together.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    private const nint Line = 64;
    private const nint Room = 16 * 1024;
    private readonly List<nint> blocks = [];
    private nint next;
    private nint left;

    /// <summary>Room for n elements, not cleared.</summary>
    public T* Take<T>(nint n)
        where T : unmanaged
    {
        var bytes = (n * sizeof(T) + Line - 1) / Line * Line;
        if (bytes > left)
        {
            left = Math.Max(bytes, Room);
            next = (nint)NativeMemory.AlignedAlloc((nuint)left, (nuint)Line);
            blocks.Add(next);
        }
        var taken = next;
        (next, left) = (next + bytes, left - bytes);
        return (T*)taken;
    }

    public void Dispose()
    {
        foreach (var block in blocks) NativeMemory.AlignedFree((void*)block);
        blocks.Clear();
    }
}
