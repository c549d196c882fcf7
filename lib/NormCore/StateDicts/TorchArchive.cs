using System.IO.Compression;
using System.Numerics;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>The zip archive that torch.save writes since PyTorch 1.6: a pickle in data.pkl, and the bytes of each storage in data/0, data/1, …</summary>
internal sealed class TorchArchive(ZipArchive zip)
{
    private readonly Dictionary<string, Tensor> storages = [];
    private readonly string folder = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))?.FullName[..^"data.pkl".Length]
        ?? throw new InvalidDataException("the zip archive has no data.pkl; torch.save writes one.");

    /// <summary>The object that was saved. Tensors are on the CPU, those of one storage share it, and they belong to the current dispose scope.</summary>
    public object? Read()
    {
        RequireLittleEndian();
        return new Pickle(Bytes("data.pkl"), Check, Call, Storage).Read();
    }

    private void RequireLittleEndian()
    {
        if (zip.GetEntry(folder + "byteorder") is not null && Bytes("byteorder").AsSpan().SequenceEqual("big"u8))
            throw new InvalidDataException("the file was written on a big-endian machine; only little-endian files are read.");
    }

    private static void Check(PickledName name)
    {
        if (name.ToString() is not ("collections.OrderedDict" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter") && Type(name) is null)
            throw new InvalidDataException(
                $"the file names {name}, which no saved state of tensors needs; it is refused, and nothing was run. In Python, save model.state_dict(), not the model.");
    }

    private static ScalarType? Type(PickledName storage) => storage.Module == "torch" ? storage.Name switch
    {
        "DoubleStorage" => ScalarType.Float64,
        "FloatStorage" => ScalarType.Float32,
        "HalfStorage" => ScalarType.Float16,
        "BFloat16Storage" => ScalarType.BFloat16,
        "LongStorage" => ScalarType.Int64,
        "IntStorage" => ScalarType.Int32,
        "ShortStorage" => ScalarType.Int16,
        "CharStorage" => ScalarType.Int8,
        "ByteStorage" => ScalarType.Byte,
        "BoolStorage" => ScalarType.Bool,
        _ => null,
    } : null;

    private static object Call(PickledName function, object?[] arguments) => (function.Name, arguments) switch
    {
        ("OrderedDict", []) => new OrderedDictionary<object, object?>(),
        ("_rebuild_tensor_v2", [Tensor storage, long offset, object?[] size, object?[] stride, ..]) => View(storage, offset, Integers(size), Integers(stride)),
        ("_rebuild_parameter", [Tensor data, ..]) => data,
        _ => throw new InvalidDataException($"the file calls {function} with arguments that PyTorch does not give it: it is damaged."),
    };

    private static long[] Integers(object?[] values) =>
        [.. values.Select(value => value as long? ?? throw new InvalidDataException("the file has a tensor whose sizes are no integers: it is damaged."))];

    private static Tensor View(Tensor storage, long offset, long[] size, long[] stride)
    {
        var length = storage.numel();
        var fits = size.Length == stride.Length && offset >= 0 && size.All(n => n >= 0) && stride.All(step => step >= 0);
        // Exact, so that no sum of damaged numbers seems to fit.
        var last = fits ? size.Zip(stride).Aggregate((BigInteger)offset, (sum, axis) => sum + ((BigInteger)axis.First - 1) * axis.Second) : 0;
        var count = size.Aggregate(BigInteger.One, (product, n) => product * n);
        return fits && (count == 0 || last < length) && count <= long.MaxValue
            ? storage.as_strided(size, stride, offset)
            : throw new InvalidDataException(
                $"the file has a tensor of sizes [{string.Join(", ", size)}], strides [{string.Join(", ", stride)}] and offset {offset} in a storage of {length} elements, where it does not fit: it is damaged.");
    }

    private Tensor Storage(object?[] id)
    {
        if (id is not ["storage", PickledName name, string key, string, long length] || Type(name) is not { } type)
            throw new InvalidDataException("the file has a storage that PyTorch would not write: it is damaged.");
        if (storages.TryGetValue(key, out var known))
            return known.dtype == type && known.numel() == length
                ? known
                : throw new InvalidDataException($"the file takes storage {key} for {length} elements of {type} and for {known.numel()} of {known.dtype}: it is damaged.");
        var entry = Entry("data/" + key);
        using var stream = entry.Open();
        return storages[key] = RawTensor.Read(stream, type, [length], entry.Length, $"storage {key}");
    }

    private byte[] Bytes(string name)
    {
        var bytes = new byte[Entry(name).Length];
        using var stream = Entry(name).Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private ZipArchiveEntry Entry(string name) =>
        zip.GetEntry(folder + name) ?? throw new InvalidDataException($"the file has no part {name}: it is truncated or damaged.");
}
