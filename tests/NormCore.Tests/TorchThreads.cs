using System.Runtime.CompilerServices;
using TorchSharp;

// TorchSharp frees the number in `x + y` or `2 * x` when a garbage collection on another thread strikes before native code has read
// it; what follows is an exception or a wrong result. A test that fails once in a million operations teaches nothing.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NormCore.Tests;

/// <summary>The tensors of these tests are small: threads would cost more than they do.</summary>
internal static class TorchThreads
{
    [ModuleInitializer]
    internal static void One()
    {
        try
        {
            NormCore.Native.NativeTorch.Load();
            torch.set_num_threads(1);
        }
        catch (DllNotFoundException)
        {
            // Thrown from here its message would drown; every test that needs libtorch shows it.
        }
    }
}
