using System.Runtime.CompilerServices;
using NormCore.Native;

namespace NormLab;

/// <summary>Loads libtorch through NormCore before anything of NormLab can touch a tensor.</summary>
internal static class LoadTorchOnFirstUse
{
#pragma warning disable CA2255 // A notebook's first use of torch may come from here.
    [ModuleInitializer]
    internal static void RunNormCoresInitializer() =>
        RuntimeHelpers.RunModuleConstructor(typeof(NativeTorch).Module.ModuleHandle);
#pragma warning restore CA2255
}
