using System.Text.Json;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>One executed call of normerr-1: what PyTorch was asked to do, and whether it did.</summary>
internal sealed record ErrorEntry(string Id, string What, bool Raises, JsonElement Call)
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "Conformance", "errors.json");

    public static IReadOnlyDictionary<string, ErrorEntry> All { get; } = Read();

    /// <summary>0, 1, 2, … in the shape and type of the entry, as it was executed.</summary>
    public Tensor Input()
    {
        var input = Call.GetProperty("input");
        var shape = input.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()).ToArray();
        using var count = arange(shape.Aggregate(1L, (product, length) => product * length)).reshape(shape);
        return count.to(input.GetProperty("dtype").GetString() switch
        {
            "float64" => ScalarType.Float64,
            "float16" => ScalarType.Float16,
            "int64" => ScalarType.Int64,
            _ => ScalarType.Float32,
        });
    }

    /// <summary>A result that the entry gives as a list of numbers.</summary>
    public Tensor Numbers(string name) => tensor([.. Call.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())]);

    /// <summary>The layer the entry constructs, in its mode.</summary>
    public nn.Module<Tensor, Tensor> Layer()
    {
        var arguments = Call.GetProperty("ctor_args").EnumerateArray().ToArray();
        var options = Call.GetProperty("ctor_kwargs");
        var (first, eps) = (arguments[0], Number(options, "eps", 1e-5)!.Value);
        nn.Module<Tensor, Tensor> layer = What switch
        {
            "nn.BatchNorm1d" or "nn.BatchNorm2d" or "nn.BatchNorm3d" => new BatchNorm(first.GetInt64(), eps, Number(options, "momentum", 0.1)),
            "nn.LayerNorm" => new LayerNorm(Lengths(first), eps, Flag(options, "elementwise_affine", true)),
            "nn.GroupNorm" => new GroupNorm(first.GetInt64(), arguments[1].GetInt64(), eps),
            "nn.InstanceNorm1d" or "nn.InstanceNorm2d" => new InstanceNorm(
                first.GetInt64(), eps, Number(options, "momentum", 0.1), Flag(options, "affine", false), Flag(options, "track_running_stats", false),
                spatialDimensions: What[^2] - '0'),
            "nn.LocalResponseNorm" => new LocalResponseNorm(first.GetInt64()),
            _ => throw new NotSupportedException($"{Id} is a call of {What}."),
        };
        layer.train(Call.GetProperty("training").GetBoolean());
        return layer;
    }

    private static long[] Lengths(JsonElement number) =>
        number.ValueKind == JsonValueKind.Array ? [.. number.EnumerateArray().Select(length => length.GetInt64())] : [number.GetInt64()];

    private static double? Number(JsonElement options, string name, double otherwise) =>
        !options.TryGetProperty(name, out var value) ? otherwise : value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private static bool Flag(JsonElement options, string name, bool otherwise) =>
        options.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;

    private static Dictionary<string, ErrorEntry> Read()
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
        var calls = document.RootElement.EnumerateObject()
            .Where(property => property.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(property => property.Value.EnumerateArray().ToArray())
            .Where(entry => entry.TryGetProperty("id", out _))
            .Select(entry => new ErrorEntry(
                entry.GetProperty("id").GetString()!, entry.GetProperty("what").GetString()!, entry.GetProperty("outcome").GetString() == "raises", entry.Clone()));
        return calls.ToDictionary(entry => entry.Id);
    }
}
