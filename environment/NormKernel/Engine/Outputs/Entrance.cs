namespace NormKernel.Engine.Outputs;

/// <summary>
/// The way by which a cell's code comes into this program: while any of it is inside nothing is aborted, and once the entrance
/// is closed nothing comes in. So an abort meets a cell in its own code or in a library's, never where a lock or a queue of ours
/// is half way.
/// </summary>
public sealed class Entrance
{
    private int inside;
    private volatile bool closed;

    /// <summary>Whether nobody is inside.</summary>
    public bool IsEmpty => Volatile.Read(ref inside) == 0;

    /// <summary>Goes in, until the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">The cell was to end a while ago.</exception>
    public Visit Enter()
    {
        // The increment comes first and is a full fence: whoever closes sees the visit, or the visitor sees that it is closed.
        Interlocked.Increment(ref inside);
        if (closed)
        {
            Interlocked.Decrement(ref inside);
            throw new OperationCanceledException("The cell was interrupted.");
        }

        return new Visit(this);
    }

    /// <summary>From now on nobody comes in.</summary>
    public void Close()
    {
        closed = true;
        Interlocked.MemoryBarrier();
    }

    /// <summary>A call that is inside.</summary>
    public readonly ref struct Visit(Entrance entrance)
    {
        public void Dispose() => Interlocked.Decrement(ref entrance.inside);
    }
}
