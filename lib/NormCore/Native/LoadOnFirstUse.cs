using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NormCore.Native;

/// <summary>Loads the native library as soon as anything of NormCore is used.</summary>
internal static class LoadOnFirstUse
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing else runs before a notebook's first call of torch.")]
    internal static void Load()
    {
        try
        {
            NativeTorch.Load();
        }
        catch (DllNotFoundException)
        {
            // Thrown from here it would arrive as a TypeInitializationException about <Module>; the first layer or an explicit
            // NativeTorch.Load() throws it again with its own message.
        }
    }
}
