using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Experiments;

/// <summary>SHA-256 of everything that decides a run.</summary>
internal static class Fingerprint
{
    private const int Probes = 64;

    /// <summary>
    /// Of the build of the library, the options, names, initial weights and the gradients of a first batch: two normalizers have
    /// the same weights at the start, but not the same gradients.
    /// </summary>
    /// <param name="make">Makes the network: one of its own, since a layer that draws random numbers cannot be called without a trace.</param>
    /// <param name="train">The images to train on.</param>
    /// <param name="options">What decides the run.</param>
    /// <param name="names">Of the data by its hash, the arm and the observers.</param>
    public static string Of(Func<nn.Module<Tensor, Tensor>> make, ImageSet train, TrainingOptions options, IEnumerable<string> names) => RandomState.Seeded(options.Seed, () =>
    {
        using var scope = NewDisposeScope();
        using var network = make();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, string.Join('\n', typeof(Fingerprint).Module.ModuleVersionId, typeof(NormCore.BatchNorm).Module.ModuleVersionId));
        Append(hash, JsonSerializer.Serialize(options));
        Append(hash, string.Join('\n', names));
        Append(hash, [.. network.parameters(), .. network.buffers()]);

        var probe = train.First(Math.Min(Probes, train.Count));
        network.train();
        options.Objective.Of(network.call(probe.Images), probe.Labels).backward();
        Append(hash, [.. network.parameters().Select(parameter => parameter.grad).OfType<Tensor>()]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    });

    /// <summary>Of the shapes and values of tensors.</summary>
    public static string Of(params Tensor[] tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, tensors);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text}\n"));

    private static void Append(IncrementalHash hash, Tensor[] tensors)
    {
        foreach (var tensor in tensors)
        {
            Append(hash, $"{tensor.dtype} {string.Join(' ', tensor.shape)}");
            hash.AppendData(MemoryMarshal.AsBytes(tensor.Numbers().AsSpan()));
        }
    }
}
