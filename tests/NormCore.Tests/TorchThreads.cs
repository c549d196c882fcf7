using System.Runtime.CompilerServices;
using TorchSharp;

namespace NormCore.Tests;

/// <summary>Test classes run in parallel; torch with threads of its own would only fight them for the same cores.</summary>
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
