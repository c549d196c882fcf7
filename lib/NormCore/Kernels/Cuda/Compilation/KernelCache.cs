using System.Security.Cryptography;
using System.Text;

namespace NormCore.Kernels;

/// <summary>Compiled kernels on disk, under the SHA-256 of everything they depend on; without a folder, or where it cannot be written, each process compiles its own.</summary>
/// <remarks>A file is the SHA-256 of the code and then the code. It appears by one rename, so processes that start together can share the folder.</remarks>
internal sealed class KernelCache(IKernelCompiler compiler, string? folder)
{
    /// <summary>The folder of this user; null where there is no home.</summary>
    public static string? UserFolder()
    {
        var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return cache.Length == 0 ? null : Path.Combine(cache, "NormNotebooks", "kernels");
    }

    /// <summary>The code of a kernel for an architecture, from the disk or from the compiler.</summary>
    /// <exception cref="CudaException">It does not compile.</exception>
    public byte[] Get(KernelVariant variant, string architecture)
    {
        var source = KernelSource.Of(variant.Family);
        var file = folder is null ? null : Path.Combine(folder, Key(source, variant.Defines, architecture));
        if (file is not null && Read(file) is { } kept) return kept;
        var image = compiler.Compile(source, architecture, variant.Defines);
        if (file is not null) Write(file, image);
        return image;
    }

    private string Key(string source, string[] defines, string architecture)
    {
        // 0 occurs in none of the parts, so none can be taken for two.
        var everything = string.Join('\0', [compiler.Name, architecture, source, .. defines]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(everything))) + ".bin";
    }

    private static byte[]? Read(string file)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            if (content.Length <= SHA256.HashSizeInBytes) return null;
            var image = content[SHA256.HashSizeInBytes..];
            return SHA256.HashData(image).AsSpan().SequenceEqual(content.AsSpan(0, SHA256.HashSizeInBytes)) ? image : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(string file, byte[] image)
    {
        var draft = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            CreatePrivate(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(draft, [.. SHA256.HashData(image), .. image]);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Kernels run without the cache; the next process compiles again.
            if (File.Exists(draft)) File.Delete(draft);
        }
    }

    // Private: what lies here is executed.
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
