using System.IO.Compression;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Reads what torch.save(model.state_dict(), path) writes, and puts it into a module.</summary>
/// <remarks>
/// The zip format of PyTorch 1.6 and later. Such a file is a Python pickle, which can name any function to be run when it is read; here
/// only what tensors need is known by name, all else is refused, and nothing is run.
/// </remarks>
public static class PyTorchState
{
    /// <summary>The tensors of a file under their names, in the order of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">For a checkpoint that holds more: the entry with the state dict, often "state_dict" or "model".</param>
    /// <returns>
    /// Tensors on the CPU, of the types, shapes and strides that were saved, without gradients; those that shared a storage still share
    /// it. They belong to the caller's dispose scope.
    /// </returns>
    /// <exception cref="InvalidDataException">No such file of PyTorch, a truncated or damaged one, or one that names what no state dict needs.</exception>
    /// <exception cref="ArgumentException">The entry does not exist, or holds other things than tensors.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path, string? key = null)
    {
        LayerParameters.Loaded(nameof(PyTorchState));
        using var scope = NewDisposeScope();
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var (name, value) in Entries(Root(path), key))
            state.Add((string)name, (Tensor)value!);
        foreach (var tensor in state.Values.Distinct()) tensor.MoveToOuterDisposeScope();
        return state;
    }

    /// <summary>Reads a file and copies its tensors into the parameters and buffers of a module.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <inheritdoc cref="Read" path="/exception"/>
    /// <inheritdoc cref="StateDict.Load" path="/param"/>
    /// <inheritdoc cref="StateDict.Load" path="/returns"/>
    /// <inheritdoc cref="StateDict.Load" path="/exception"/>
    public static (IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected) Load(nn.Module module, string path, bool strict = true, string? key = null)
    {
        using var scope = NewDisposeScope();
        return StateDict.Load(module, Read(path, key), strict);
    }

    private static object? Root(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            RequireZip(file);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            return new TorchArchive(zip).Read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static void RequireZip(FileStream file)
    {
        var first = new byte[4];
        var count = file.ReadAtLeast(first, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (first.AsSpan().SequenceEqual("PK\u0003\u0004"u8)) return;
        throw new InvalidDataException(count > 1 && first[0] == 0x80
            ? "this is the format of PyTorch before 1.6, a bare pickle. Save it anew in Python: torch.save(torch.load(path), path)."
            : "this is no file of torch.save: it does not start as a zip archive does.");
    }

    private static OrderedDictionary<object, object?> Entries(object? root, string? key)
    {
        if (root is not OrderedDictionary<object, object?> entries) throw new ArgumentException("the file holds no dictionary; a state dict is one.", nameof(key));
        if (key is not null)
            entries = entries.GetValueOrDefault(key) as OrderedDictionary<object, object?>
                ?? throw new ArgumentException($"the file has no dictionary under '{key}'; its entries are {string.Join(", ", entries.Keys)}.", nameof(key));
        var others = entries.Where(entry => entry is not { Key: string, Value: Tensor }).Select(Text).ToArray();
        if (others.Length > 0)
            throw new ArgumentException($"a state dict has names and tensors, but here are also {string.Join(", ", others)}. If it is one of these, give its name as key.", nameof(key));
        return entries;
    }

    private static string Text(KeyValuePair<object, object?> entry) =>
        entry.Value is OrderedDictionary<object, object?> dictionary ? $"'{entry.Key}' (a dictionary of {dictionary.Count})" : $"'{entry.Key}'";
}
