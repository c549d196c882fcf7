using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Reads the safetensors format: the length of a JSON header, the header, and the bytes of the tensors.</summary>
public static class SafeTensors
{
    /// <summary>The tensors of a file under their names, in the order of its header.</summary>
    /// <returns>Tensors on the CPU, without gradients, which belong to the caller's dispose scope. <see cref="StateDict.Load"/> puts them into a module.</returns>
    /// <exception cref="InvalidDataException">A truncated or damaged file, or a type that torch does not have.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path)
    {
        LayerParameters.Loaded(nameof(SafeTensors));
        using var file = File.OpenRead(path);
        using var scope = NewDisposeScope();
        var state = new OrderedDictionary<string, Tensor>();
        try
        {
            using var header = JsonDocument.Parse(Header(file));
            var start = file.Position;
            foreach (var entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
                state.Add(entry.Name, Tensor(file, start, entry));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is no safetensors file, or a truncated or damaged one: {e.Message}", e);
        }
        foreach (var tensor in state.Values) tensor.MoveToOuterDisposeScope();
        return state;
    }

    private static byte[] Header(FileStream file)
    {
        var length = new byte[8];
        file.ReadExactly(length);
        var count = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (count > (ulong)(file.Length - 8)) throw new InvalidDataException($"its header should have {count} bytes.");
        var header = new byte[count];
        file.ReadExactly(header);
        return header;
    }

    private static Tensor Tensor(FileStream file, long start, JsonProperty entry)
    {
        long[] Integers(string name) => [.. entry.Value.GetProperty(name).EnumerateArray().Select(number => number.GetInt64())];
        var (type, shape, offsets) = (Type(entry.Value.GetProperty("dtype").GetString()), Integers("shape"), Integers("data_offsets"));
        if (offsets is not [>= 0 and var first, var end] || end < first || end > file.Length - start)
            throw new InvalidDataException($"the bytes of {entry.Name} are not where its header says.");
        file.Position = start + first;
        return RawTensor.Read(file, type, shape, end - first, entry.Name);
    }

    private static ScalarType Type(string? name) => name switch
    {
        "F64" => ScalarType.Float64,
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        "I64" => ScalarType.Int64,
        "I32" => ScalarType.Int32,
        "I16" => ScalarType.Int16,
        "I8" => ScalarType.Int8,
        "U8" => ScalarType.Byte,
        "BOOL" => ScalarType.Bool,
        _ => throw new FormatException($"it has a tensor of type {name}, which torch does not have."),
    };
}
