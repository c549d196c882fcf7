using System.Security.Cryptography;
using System.Text;

namespace NormKernel.Jupyter.Wire;

/// <summary>HMAC-SHA256 over the four JSON parts of a message, in hexadecimal. An empty key means, by the protocol, that nothing is signed.</summary>
public sealed class MessageSignature(string key)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    public bool IsUsed => key.Length > 0;

    public byte[] Of(params ReadOnlySpan<byte[]> parts)
    {
        if (!IsUsed)
            return [];

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
            hmac.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    public bool IsValid(byte[] signature, params ReadOnlySpan<byte[]> parts) =>
        !IsUsed || CryptographicOperations.FixedTimeEquals(signature, Of(parts));
}
