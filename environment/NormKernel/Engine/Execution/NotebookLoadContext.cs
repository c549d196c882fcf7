using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NormKernel.Engine.Execution;

/// <summary>
/// Where a notebook's assemblies live: its cells, its packages and the libraries it refers to, apart from what this program
/// itself uses. Names it does not know are the framework's.
/// </summary>
public sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly Dictionary<string, Assembly> submissions = [];
    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> natives = new(StringComparer.OrdinalIgnoreCase);

    public Assembly LoadSubmission(Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        submissions[loaded.GetName().Name!] = loaded;
        return loaded;
    }

    /// <summary>The loaded assembly of this simple name that did not come from a cell.</summary>
    public Assembly? Loaded(string name) =>
        Assemblies.FirstOrDefault(assembly => string.Equals(assembly.GetName().Name, name, StringComparison.OrdinalIgnoreCase));

    public bool Knows(string name) => files.ContainsKey(name);

    public void AddAssembly(string file) => files[AssemblyName.GetAssemblyName(file).Name!] = file;

    public void AddNative(string file)
    {
        natives[Path.GetFileName(file)] = file;
        PublishSearchFolder(Path.GetDirectoryName(file)!);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (submissions.TryGetValue(assemblyName.Name!, out var submission))
            return submission;

        return files.TryGetValue(assemblyName.Name!, out var file) ? LoadFromAssemblyPath(file) : null;
    }

    // This runs before the runtime's own search, which could find a system-wide library of the same name first. A file that
    // does not load is no error yet: the library may bring it in by other means.
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var name in FileNames(unmanagedDllName))
        {
            if (natives.TryGetValue(name, out var file) && NativeLibrary.TryLoad(file, out var handle))
                return handle;
        }

        return 0;
    }

    private static IEnumerable<string> FileNames(string name)
    {
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        return [name, name + suffix, prefix + name + suffix, prefix + name];
    }

    // Libraries that load their own native parts by full path look for them here.
    private static void PublishSearchFolder(string folder)
    {
        const string Key = "NATIVE_DLL_SEARCH_DIRECTORIES";
        var folders = ((string?)AppContext.GetData(Key) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var entry = folder + Path.DirectorySeparatorChar;
        if (!folders.Contains(entry))
            AppContext.SetData(Key, string.Join(Path.PathSeparator, [.. folders, entry]));
    }
}
