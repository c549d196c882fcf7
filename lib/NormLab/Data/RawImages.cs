using System.Security.Cryptography;

namespace NormLab.Data;

/// <summary>Grey images 28×28 as bytes, row by row, with one label byte each.</summary>
internal sealed record RawImages(byte[] Images, byte[] Labels)
{
    public const int Side = 28;
    public const int Pixels = Side * Side;

    public int Count => Labels.Length;

    public RawImages First(int count) => count >= Count ? this : new(Images[..(count * Pixels)], Labels[..count]);

    /// <summary>SHA-256 of images, then labels, of all parts in order: of what is used, not of the files it came in.</summary>
    public static string Sha256(params IEnumerable<RawImages> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part.Images);
            hash.AppendData(part.Labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
