using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Benchmarks.Norms.Peers;

/// <summary>One prepared operation, which writes its answer into the same memory again and again.</summary>
internal abstract class PeerForward(Tensor x) : IDisposable
{
    /// <summary>The answer, in the memory order of x.</summary>
    public Tensor Output { get; } = empty_like(x).detach();

    public abstract void Run();

    public abstract void Dispose();

    /// <summary>Where the elements of a tensor without gaps lie.</summary>
    protected static unsafe nint Address(Tensor tensor)
    {
        using var line = tensor.detach().as_strided([tensor.numel()], [1]);
        return (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(line.bytes));
    }
}
