using System.Security.Cryptography;

namespace NormLab.Data;

/// <summary>A file that has one right content.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hexadecimal.</param>
internal sealed record DataFile(string Name, string Sha256)
{
    public bool IsIn(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <exception cref="InvalidDataException">The content is another one.</exception>
    public void Check(string path)
    {
        using var stream = File.OpenRead(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (found != Sha256)
            throw new InvalidDataException($"{path} has the SHA-256 {found}, and {Name} should have {Sha256}: it is damaged or another file. Delete it and run again.");
    }
}
