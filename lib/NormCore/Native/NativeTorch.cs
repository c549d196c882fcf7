using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NormCore.Native;

/// <summary>Loads TorchSharp's native library, once per process, before torch is used.</summary>
/// <remarks>
/// TorchSharp loads by name, so a libtorch of the system can shadow the one it was built for, and on systems with GCC 12's
/// libstdc++ (Debian 12, Ubuntu 22.04) it does not load at all. NormCore loads by full path and repairs a copy where it must.
/// Using any type of NormCore loads it; a program that uses torch before NormCore calls <see cref="Load"/> first.
/// </remarks>
public static class NativeTorch
{
    private static readonly Lazy<nint> Library = new(FindAndLoad);

    /// <summary>"cpu" or "cuda": the backend that this build of NormCore was made for.</summary>
    public static string Backend => TorchBuild.Backend;

    /// <summary>Loads the library; does nothing when it is loaded already.</summary>
    /// <exception cref="DllNotFoundException">It cannot be loaded: the message says what is missing, where it was looked for and what to install.</exception>
    public static void Load() => _ = Library.Value;

    /// <summary>TorchSharp's native library, for functions that TorchSharp itself does not show.</summary>
    internal static nint Handle => Library.Value;

    private static nint FindAndLoad()
    {
        var library = AlreadyLoaded() ?? LoadFromDisk(SearchContext.OfThisProcess());
        LeadTorchSharpTo(library);
        return library;
    }

    // A second copy of libtorch in one process registers every operator twice and aborts.
    private static nint? AlreadyLoaded()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var module = process.Modules
            .Cast<System.Diagnostics.ProcessModule>()
            .FirstOrDefault(module => Path.GetFileName(module.FileName) == TorchFiles.TorchSharpLibrary);
        return module is null ? null : NativeLibrary.Load(module.FileName);
    }

    private static nint LoadFromDisk(SearchContext context)
    {
        var files = TorchFiles.FindIn(SearchFolders.Of(context), context.Backend);
        // The GPU packages come in parts, whose files look for each other in their own folder.
        if (OperatingSystem.IsLinux() && context.Backend == "cuda") files = LinkFolder.Of(files);
        try
        {
            return LibraryLoader.Load(files, context.Backend);
        }
        catch (DllNotFoundException refusal) when (OperatingSystem.IsLinux() && VersionNeed.Explains(refusal))
        {
            return LibraryLoader.Load(LinkFolder.WithWeakVersionNeed(files), context.Backend);
        }
    }

    private static void LeadTorchSharpTo(nint library)
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeTorch).Assembly, (name, _, _) => name == "LibTorchSharp" ? library : 0);
        try
        {
            NativeLibrary.SetDllImportResolver(TorchBuild.TorchSharp, (name, _, _) => name == "LibTorchSharp" ? library : 0);
        }
        catch (InvalidOperationException)
        {
            // The host set a resolver of its own; the library it finds by name is the one that is loaded now.
        }

        // TorchSharp's own loader asks by name and copies half a gigabyte when that fails.
        AssemblyLoadContext.GetLoadContext(TorchBuild.TorchSharp)!.ResolvingUnmanagedDll +=
            (Assembly _, string name) => name == "LibTorchSharp" ? library : 0;
    }
}
