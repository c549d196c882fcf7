using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>The check that every normalizer must pass, the library's and the deliberately wrong ones alike.</summary>
internal static class GoldenComparison
{
    // Statistics are compared where they are computed, with Moments.
    private static readonly string[] Statistics = ["batch_mean", "batch_var", "instance_mean", "instance_var", "mean", "rstd", "rrms"];

    /// <summary>One line for each expected tensor that is missed; none when the run is right.</summary>
    public static IReadOnlyList<string> Failures(GoldenCase golden, NormalizerRun run)
    {
        using var scope = NewDisposeScope();
        return [.. golden.Tensors
            .Where(t => t.Role == "expected" && !Statistics.Contains(t.Name))
            .Select(t => Failure(golden, t.Name, run))
            .OfType<string>()];
    }

    /// <summary>One line for each result that is further from the exact answer than PyTorch's in the same type, up to the derived tolerance.</summary>
    /// <remarks>PyTorch is sometimes exact by luck, hence the tolerance.</remarks>
    public static IReadOnlyList<string> FailuresBesidePyTorch(GoldenCase golden, NormalizerRun run)
    {
        using var scope = NewDisposeScope();
        return [.. run
            .Select(result => Failure(golden, result.Key, result.Value, maximum(
                GoldenTolerance.Of(golden, result.Key, golden.Get(result.Key)), tensor(golden.PeerError("f32", result.Key)!.Value))))
            .OfType<string>()];
    }

    /// <summary>Says how far off one statistic is, or null when it is within its tolerance.</summary>
    public static string? Failure(GoldenCase golden, string name, Tensor actual)
    {
        var expected = golden.Get(name);
        return Failure(golden, name, actual.reshape(expected.shape), GoldenTolerance.Of(golden, name, expected));
    }

    /// <summary>Says how far off one result is, or null when it is within the tolerance.</summary>
    public static string? Failure(GoldenCase golden, string name, Tensor actual, Tensor bound)
    {
        var expected = golden.Get(name).to(ScalarType.Float64);
        if (!actual.shape.SequenceEqual(expected.shape)) return $"{golden.Id}.{name}: shape [{string.Join(", ", actual.shape)}]";
        var error = (actual.to(ScalarType.Float64) - expected).abs();
        // NaN belongs where NaN is expected, and the same infinity where infinity is.
        var same = (actual.isnan() & expected.isnan()) | (actual.to(ScalarType.Float64) == expected);
        var wrong = (error <= bound).logical_not() & same.logical_not();
        if (!wrong.any().item<bool>()) return null;
        var ratio = (error / bound).nan_to_num(double.PositiveInfinity).masked_select(wrong).max().item<double>();
        return $"{golden.Id}.{name}: error up to {error.nan_to_num(0).max().item<double>():g3}, {ratio:g3} times the tolerance";
    }

    private static string? Failure(GoldenCase golden, string name, NormalizerRun run) =>
        run.TryGetValue(name, out var actual)
            ? Failure(golden, name, actual, GoldenTolerance.Of(golden, name, golden.Get(name)))
            : $"{golden.Id}.{name}: no result";
}
