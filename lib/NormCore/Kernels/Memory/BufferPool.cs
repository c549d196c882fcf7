using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>Blocks of memory that are used again for requests of the same size; safe for many threads.</summary>
internal sealed unsafe partial class BufferPool(long limit)
{
    // The size of a huge page on x64, and on most arm64 systems.
    private const nuint Page = 2 << 20;
    private const int AdviseHugePages = 14;

    private readonly Lock gate = new();
    private readonly Dictionary<nint, nuint> lent = [];
    private readonly List<(nint Address, nuint Bytes)> waiting = []; // the oldest first
    private long limit = limit;

    /// <summary>How many bytes may wait; what is above it goes at once.</summary>
    public long Limit
    {
        get => Volatile.Read(ref limit);
        set
        {
            Volatile.Write(ref limit, value);
            Shrink(value);
        }
    }

    /// <summary>How many bytes wait for use.</summary>
    public long BytesWaiting { get; private set; }

    /// <summary>At least as many bytes, at the start of a huge page; what they hold is not defined.</summary>
    /// <exception cref="OutOfMemoryException">The system has none.</exception>
    public nint Take(long bytes)
    {
        var size = ((nuint)bytes + Page - 1) / Page * Page;
        lock (gate)
        {
            var found = waiting.FindLastIndex(block => block.Bytes == size);
            var address = found < 0 ? Allocate(size) : waiting[found].Address;
            if (found >= 0)
            {
                waiting.RemoveAt(found);
                BytesWaiting -= (long)size;
            }
            lent.Add(address, size);
            return address;
        }
    }

    /// <summary>Takes a block back.</summary>
    public void Return(nint address)
    {
        lock (gate)
        {
            lent.Remove(address, out var size);
            waiting.Add((address, size));
            BytesWaiting += (long)size;
        }
        var memory = GC.GetGCMemoryInfo();
        Shrink(memory.MemoryLoadBytes > memory.HighMemoryLoadThresholdBytes ? 0 : Limit);
    }

    /// <summary>Gives the oldest blocks back to the system until no more than this many bytes wait.</summary>
    public void Shrink(long bytes)
    {
        lock (gate)
        {
            while (BytesWaiting > bytes)
            {
                NativeMemory.AlignedFree((void*)waiting[0].Address);
                BytesWaiting -= (long)waiting[0].Bytes;
                waiting.RemoveAt(0);
            }
        }
    }

    private static nint Allocate(nuint size)
    {
        var memory = NativeMemory.AlignedAlloc(size, Page);
        // Only a wish: without it memory works, and each page of 4 KiB costs a fault.
        if (OperatingSystem.IsLinux()) _ = Advise(memory, size, AdviseHugePages);
        return (nint)memory;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint size, int advice);
}
