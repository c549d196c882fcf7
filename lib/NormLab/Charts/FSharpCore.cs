using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace NormLab.Charts;

/// <summary>
/// Lets Plotly.NET run in hosts that bring an older FSharp.Core: it asks for 10.1 and the .NET Interactive hosts have
/// 10.0 loaded, which the runtime refuses although it serves.
/// </summary>
internal static class FSharpCore
{
#pragma warning disable CA2255 // Meant for applications, but a notebook's first use of a chart is too late for anything else.
    [ModuleInitializer]
    internal static void ResolveToTheLoadedAssembly() => AssemblyLoadContext.Default.Resolving += Resolve;
#pragma warning restore CA2255

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        // A request without a version is the one below, which found nothing.
        if (name.Name != "FSharp.Core" || name.Version is null)
            return null;

        var loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == name.Name);
        return loaded ?? context.LoadFromAssemblyName(new AssemblyName("FSharp.Core"));
    }
}
