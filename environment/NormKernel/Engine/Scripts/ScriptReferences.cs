using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NormKernel.Engine.Scripts;

/// <summary>What cells compile against: one assembly per simple name.</summary>
public sealed class ScriptReferences
{
    private readonly Dictionary<string, PortableExecutableReference> framework;
    private readonly Dictionary<string, PortableExecutableReference> references;

    public ScriptReferences(Dictionary<string, PortableExecutableReference> framework)
    {
        this.framework = framework;
        var own = typeof(ScriptReferences).Assembly.Location;
        references = new(framework, StringComparer.OrdinalIgnoreCase)
        {
            [Path.GetFileNameWithoutExtension(own)] = MetadataReference.CreateFromFile(own),
        };
    }

    public IEnumerable<MetadataReference> All => references.Values;

    /// <summary>Adds or replaces an assembly; the framework's own wins unless the file's version is higher.</summary>
    public void Add(string file)
    {
        var name = AssemblyName.GetAssemblyName(file);
        if (IsFrameworks(name) || (references.TryGetValue(name.Name!, out var known) && known.FilePath == file))
            return;

        var documentation = XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(file, ".xml"));
        references[name.Name!] = MetadataReference.CreateFromFile(file, documentation: documentation);
    }

    /// <summary>Whether the framework has this assembly in this version or a higher one.</summary>
    public bool IsFrameworks(AssemblyName name) =>
        framework.TryGetValue(name.Name!, out var own) && AssemblyName.GetAssemblyName(own.FilePath!).Version >= name.Version;
}
