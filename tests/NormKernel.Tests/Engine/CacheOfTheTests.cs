using System.Runtime.CompilerServices;

namespace NormKernel.Tests.Engine;

/// <summary>Gives the tests a cache of their own, empty at first and gone at the end.</summary>
internal static class CacheOfTheTests
{
#pragma warning disable CA2255 // a test assembly is as good as an application: nothing else loads it
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use()
    {
        var folder = new TempFolder();
        Environment.SetEnvironmentVariable("NORMKERNEL_CACHE", folder.Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
    }
}
