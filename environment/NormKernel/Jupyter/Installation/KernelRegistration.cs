namespace NormKernel.Jupyter.Installation;

/// <summary>The names under which Jupyter knows this kernel.</summary>
/// <param name="dataFolder">The data folder to register in.</param>
/// <param name="searched">All data folders in which front ends look.</param>
public sealed class KernelRegistration(string dataFolder, IReadOnlyList<string> searched)
{
    public const string Name = "normkernel";

    /// <summary>The name that the notebooks ask for, which is .NET Interactive's.</summary>
    public const string NameInNotebooks = ".net-csharp";

    /// <summary>Registers the kernel under both names; the second is left to whoever has it.</summary>
    /// <returns>What was done, in lines.</returns>
    /// <exception cref="IOException">Nothing was done, because the first name is somebody else's or cannot be written.</exception>
    public IEnumerable<string> Install()
    {
        var folder = Folder(dataFolder, Name);
        if (Directory.Exists(folder) && !KernelSpec.IsOurs(folder))
            throw new IOException($"{folder} holds a kernel that is not this program's; it was left as it is, and nothing was registered. Remove it, or register elsewhere with --prefix.");

        KernelSpec.Write(folder, "C# (NormKernel)");
        KernelSpec.WritePlotly(folder);
        yield return $"registered `{Name}`: {folder}";

        var taken = searched.Append(dataFolder).Select(data => Folder(data, NameInNotebooks)).FirstOrDefault(other => Directory.Exists(other) && !KernelSpec.IsOurs(other));
        if (taken is not null)
        {
            yield return $"`{NameInNotebooks}` is the kernel in {taken} and stays so: choose `C# (NormKernel)` where a notebook is to run in this one";
            yield break;
        }

        KernelSpec.Write(Folder(dataFolder, NameInNotebooks), ".NET (C#)");
        yield return $"registered `{NameInNotebooks}`, the name that the notebooks ask for: {Folder(dataFolder, NameInNotebooks)}";
    }

    /// <summary>Removes what <see cref="Install"/> registered in this data folder, and nothing of anybody else's.</summary>
    /// <returns>What was done, in lines.</returns>
    public IEnumerable<string> Uninstall()
    {
        var ours = new[] { Name, NameInNotebooks }.Select(name => Folder(dataFolder, name)).Where(KernelSpec.IsOurs).ToList();
        foreach (var folder in ours)
        {
            KernelSpec.Remove(folder);
            yield return $"removed {folder}";
        }

        if (ours.Count == 0)
            yield return $"nothing to remove: this kernel is not registered in {dataFolder}";
    }

    private static string Folder(string data, string name) => Path.Combine(data, "kernels", name);
}
