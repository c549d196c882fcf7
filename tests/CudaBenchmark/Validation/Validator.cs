using CudaBenchmark.Cases;
using CudaBenchmark.Device;
using NormCore.Kernels;

namespace CudaBenchmark.Validation;

/// <summary>Compares what the kernels give with the reference: a kernel that is wrong is not timed.</summary>
internal static class Validator
{
    // Relative, in the Euclidean norm: half a unit of the type's last place for each element at most, and some operations in float32.
    private static double Tolerance(CudaElement element) => element switch
    {
        CudaElement.Float32 => 1e-5,
        CudaElement.Float16 => Math.ScaleB(1, -11) + 1e-5,
        _ => Math.ScaleB(1, -8) + 1e-5,
    };

    /// <summary>What is wrong with a case, or null.</summary>
    public static string? Check(Workplace place, NormCase row, long elements)
    {
        var run = new NormRun(place, row.Reduced(elements), fill: true);
        try
        {
            run.Forward();
            run.Backward();
            var expected = new Reference(run);
            var (tolerance, exact) = (Tolerance(row.Element), Tolerance(CudaElement.Float32));
            var g = run.Case.Geometry;
            (string Name, double Error, double Bound)[] errors =
            [
                ("y", Error(run.Y(), expected.Y), tolerance),
                ("dx", Error(run.Dx(), expected.Dx), tolerance),
                ("dγ", Error(run.DGamma(), expected.DGamma), tolerance),
                .. row.IsCentered ? [("dβ", Error(run.DBeta(), expected.DBeta), tolerance)] : Array.Empty<(string, double, double)>(),
                .. row.Tracks ? Running(run, expected).Select(error => (error.Name, error.Error, exact)) : [],
            ];
            var wrong = errors.Where(error => !(error.Error <= error.Bound)).Select(error => $"{error.Name} is off by {error.Error:e1}, at most {error.Bound:e1} is rounding");
            return string.Join("; ", wrong) is { Length: > 0 } text ? $"{row}: {text}" : null;
        }
        finally
        {
            place.Release();
        }
    }

    // They began as 0 and took in one batch with weight 0.1.
    private static IEnumerable<(string Name, double Error)> Running(NormRun run, Reference expected)
    {
        var g = run.Case.Geometry;
        var unbiased = g.Count / (g.Count - 1.0);
        yield return ("the running mean", Error(run.Read(run.RunningMean, g.Groups, CudaElement.Float32), [.. expected.Mean.Select(mean => 0.1 * mean)]));
        yield return ("the running variance", Error(run.Read(run.RunningVariance, g.Groups, CudaElement.Float32), [.. expected.Variance.Select(variance => 0.1 * unbiased * variance)]));
    }

    private static double Error(float[] actual, double[] expected)
    {
        double difference = 0, size = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            size += expected[i] * expected[i];
        }
        return Math.Sqrt(difference / size);
    }
}
