using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>Which elements of a golden case share statistics and which a parameter: axes of x in a suitable view.</summary>
internal sealed record GoldenLayout(long[] Shape, long[] Statistics, long[] Features)
{
    public static GoldenLayout Of(GoldenCase golden)
    {
        var shape = golden.Tensors.Single(t => t.Name == "x").Shape;
        var rank = shape.Length;
        switch (golden.Op)
        {
            case "batch_norm":
                return new(shape, Axes.AllBut(1, rank), [1]);
            case "group_norm":
                var groups = golden.Attributes.GetProperty("num_groups").GetInt64();
                return new([shape[0], groups, shape[1] / groups, Product(shape[2..])], [2, 3], [1, 2]);
            case "instance_norm":
                var batched = golden.Flag("unbatched") ? [1, .. shape] : shape;
                return new([batched[0], batched[1], Product(batched[2..])], [2], [1]);
            default:
                var last = Axes.Last(golden.Attributes.GetProperty("normalized_shape").GetArrayLength(), rank);
                return new(shape, last, last);
        }
    }

    /// <summary>How many elements share one mean.</summary>
    public long Count => Statistics.Aggregate(1L, (product, axis) => product * Shape[axis]);

    public Tensor View(Tensor x) => x.reshape(Shape);

    /// <summary>A parameter in the rank of the view: (C) → (1, C, 1, …).</summary>
    public Tensor Along(Tensor parameter) => parameter.view([.. Shape.Select((length, axis) => Features.Contains(axis) ? length : 1)]);

    /// <summary>The axes over which all elements share one parameter.</summary>
    public long[] Others => [.. Enumerable.Range(0, Shape.Length).Select(axis => (long)axis).Except(Features)];

    /// <summary>The sum of terms over all that share one parameter.</summary>
    public Tensor Sum(Tensor terms) => Others.Length == 0 ? terms : terms.sum(Others);

    private static long Product(long[] lengths) => lengths.Aggregate(1L, (product, length) => product * length);
}
