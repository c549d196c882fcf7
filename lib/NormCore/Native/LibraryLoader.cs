using System.Runtime.InteropServices;

namespace NormCore.Native;

/// <summary>Loads the files of libtorch by full path, so that no library of the same name elsewhere is found first.</summary>
internal static class LibraryLoader
{
    /// <summary>Loads everything and returns the handle of TorchSharp's library.</summary>
    /// <exception cref="DllNotFoundException">The system refuses one of the files.</exception>
    public static nint Load(TorchFiles files, string backend)
    {
        if (OperatingSystem.IsWindows() && backend == "cuda") LoadSiblings(files, backend);
        nint library = 0;
        foreach (var name in TorchFiles.InLoadOrder(backend)) library = LoadOne(files.Paths[name], backend);
        return library;
    }

    private static nint LoadOne(string file, string backend)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception refusal) when (refusal is DllNotFoundException or BadImageFormatException)
        {
            throw TorchNotFound.Unloadable(file, backend, refusal);
        }
    }

    // Windows finds what a DLL needs among the loaded ones, and links need privileges there: load the parts of the GPU
    // packages in passes, each of which can load what the previous ones made loadable.
    private static void LoadSiblings(TorchFiles files, string backend)
    {
        var waiting = files.Paths.Where(file => !TorchFiles.InLoadOrder(backend).Contains(file.Key)).Select(file => file.Value).ToList();
        while (waiting.RemoveAll(file => NativeLibrary.TryLoad(file, out _)) > 0) { }
    }
}
