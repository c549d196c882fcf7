using System.Collections.Concurrent;
using System.Reflection;

namespace NormCore.Kernels;

/// <summary>The text of a kernel family: what all share, then its own file, as one translation unit.</summary>
internal static class KernelSource
{
    private const string Folder = "Kernels.Cuda.";

    private static readonly string[] Shared = ["ptx", "elements", "reductions", "norm", "runs", "columns", "columns_once"];
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <summary>The translation unit of a family.</summary>
    /// <exception cref="CudaException">There is no such family in this assembly.</exception>
    public static string Of(string family) => Texts.GetOrAdd(family, static family => string.Join('\n', Shared.Append(family).Select(Read)));

    // #line makes the compiler's messages name the file that a person would open.
    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{file}.cu")
            ?? throw new CudaException($"the kernel source {file}.cu is not in {Assembly.GetExecutingAssembly().GetName().Name}.");
        using var reader = new StreamReader(stream);
        return $"#line 1 \"{file}.cu\"\n{reader.ReadToEnd()}";
    }
}
