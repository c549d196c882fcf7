using System.Runtime.CompilerServices;
using TorchSharp;

namespace NormCore.Tests;

/// <summary>Test classes run in parallel; torch with threads of its own would only fight them for the same cores.</summary>
internal static class TorchThreads
{
    [ModuleInitializer]
    internal static void One()
    {
        NormCore.Native.NativeTorch.Load();
        torch.set_num_threads(1);
    }
}
