using System.Reflection;
using NormKernel.Engine.Execution;
using NormKernel.Engine.Outputs;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine.Packages;

/// <summary>The packages and assemblies that a session's cells have asked for so far.</summary>
public sealed class PackageSession(string baseDirectory, ScriptReferences references, NotebookLoadContext context)
{
    private readonly PackageRestore restore = new(baseDirectory);
    private readonly Dictionary<string, PackageRequest> requested = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds packages; on failure the session is as before.</summary>
    /// <exception cref="CellException">A package cannot be had, or not beside what is already loaded.</exception>
    public void Add(IReadOnlyCollection<PackageRequest> requests, CellOutput output, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, PackageRequest>(requested, StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            // The first version asked for stays; a repeated #r is common when a cell runs again.
            if (!all.TryAdd(request.Id, request) && request.Version is not null && request.Version != all[request.Id].Version)
                output.Write("stderr", $"{request.Id} is already requested as {all[request.Id]}; restart the session to use {request.Version}.\n");
        }

        if (all.Count == requested.Count)
            return;

        var assets = restore.Restore([.. all.Values.OrderBy(request => request.Id, StringComparer.OrdinalIgnoreCase)], cancellationToken);
        var runtime = assets.Runtime.Where(file => !references.IsFrameworks(AssemblyName.GetAssemblyName(file))).ToList();
        RefuseOtherVersions(runtime);
        foreach (var file in assets.Compile)
            references.Add(file);
        foreach (var file in runtime)
            context.AddAssembly(file);
        foreach (var file in assets.Native)
            context.AddNative(file);
        foreach (var request in all.Values)
            requested[request.Id] = request;
    }

    /// <summary>Adds an assembly and those beside it, from a copy.</summary>
    public void AddAssembly(string file)
    {
        if (!IsManaged(file))
            throw new CellException("PackageError", $"{file} is not a .NET assembly.");

        var copy = ShadowCopy.Of(file);
        RefuseOtherVersions([copy]);
        foreach (var assembly in Directory.EnumerateFiles(Path.GetDirectoryName(copy)!, "*.dll").Where(IsManaged).OrderBy(assembly => assembly != copy))
            AddCopy(assembly, wanted: assembly == copy);
        foreach (var native in ShadowCopy.Natives(copy))
            context.AddNative(native);
    }

    // What the session already has from elsewhere wins over an assembly that merely lies beside the wanted one.
    private void AddCopy(string file, bool wanted)
    {
        var name = AssemblyName.GetAssemblyName(file);
        if (references.IsFrameworks(name) || (!wanted && context.Knows(name.Name!)))
            return;

        references.Add(file);
        context.AddAssembly(file);
    }

    private void RefuseOtherVersions(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            if (context.Loaded(AssemblyName.GetAssemblyName(file).Name!) is { Location: var loaded } && loaded != file)
                throw new CellException("PackageError", $"{Path.GetFileName(file)} is already loaded from {loaded}; restart the session to use {file}.");
        }
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
