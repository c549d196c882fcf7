using static TorchSharp.torch;

namespace NormCore;

/// <summary>The modules of a model and where they are.</summary>
internal static class ModuleTree
{
    /// <summary>The model under the path "", and all modules in it; one that is used twice under both paths.</summary>
    public static IEnumerable<(string Path, nn.Module Module)> Walk(nn.Module model, string path = "")
    {
        yield return (path, model);
        foreach (var (name, child) in model.named_children())
            foreach (var below in Walk(child, Join(path, name)))
                yield return below;
    }

    /// <summary>The name of something in the module at a path.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
