using System.Security.Cryptography;
using System.Text;

namespace NormKernel.Engine.Packages;

/// <summary>The engine's files of this user; NORMKERNEL_CACHE names another place. All of it may be deleted.</summary>
public static class CacheFolder
{
    public static string Root
    {
        get
        {
            if (Environment.GetEnvironmentVariable("NORMKERNEL_CACHE") is { Length: > 0 } chosen)
                return Path.GetFullPath(chosen);

            var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(user.Length > 0 ? user : Path.GetTempPath(), "NormKernel");
        }
    }

    public static string Of(string kind, string key) => Path.Combine(Root, kind, key);

    public static string Key(params IEnumerable<string> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(content));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..20];
    }

    /// <summary>Waits until no other process works in the folder, and keeps others out until disposed.</summary>
    public static async Task<IDisposable> Lock(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(50, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
