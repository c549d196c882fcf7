using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>One row for each layer of the library, so that a property can be asked of all of them.</summary>
/// <param name="Create">The layer for inputs (N, C, *) of a shape and type; N and C are even.</param>
/// <param name="Shared">The indices of the elements that share statistics with x[0, 1, 0, …], C being at least 4.</param>
/// <param name="Center">Whether the mean is subtracted, so that constant elements give β.</param>
internal sealed record LayerRow(Func<long[], ScalarType, nn.Module<Tensor, Tensor>> Create, TensorIndex[] Shared, bool Center)
{
    public static IReadOnlyDictionary<string, LayerRow> All { get; } = new Dictionary<string, LayerRow>
    {
        ["BatchNorm"] = new((shape, type) => new BatchNorm(shape[1], dtype: type), [TensorIndex.Colon, 1], true),
        ["BatchNorm, evaluation"] = new((shape, type) => InEvaluation(new BatchNorm(shape[1], dtype: type)), One, false),
        ["LayerNorm"] = new((shape, type) => new LayerNorm(shape[1..], dtype: type), [0], true),
        ["GroupNorm"] = new((shape, type) => new GroupNorm(shape[1] / 2, shape[1], dtype: type), [0, TensorIndex.Slice(0, 2)], true),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>x[0, 1, 0, …] alone.</summary>
    private static TensorIndex[] One => [0, 1, TensorIndex.Slice(0, 1), TensorIndex.Slice(0, 1)];

    /// <summary>The layer with random parameters and statistics.</summary>
    public nn.Module<Tensor, Tensor> Random(RandomLayers random, long[] shape, ScalarType type = ScalarType.Float64) =>
        random.Randomized(Create(shape, type));

    private static T InEvaluation<T>(T layer) where T : nn.Module
    {
        layer.eval();
        return layer;
    }
}
