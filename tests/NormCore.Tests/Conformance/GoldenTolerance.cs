using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>How far from the exact answer a backward-stable implementation may be, element by element, as float64 tensors.</summary>
/// <remarks>
/// Every result is a sum of terms; each term passes about ten operations of relative error u = machine epsilon and two means of m
/// elements, which torch adds pairwise: k = 10 + 2 log₂ m. The bound is k u times the sum of the terms' magnitudes. A deviation
/// x − μ is accurate to u (|x − μ| + σ), i.e. x̂ to u (|x̂| + 1): subtracting a nearby constant first makes the condition number
/// cond = |μ|/σ harmless until cond·u reaches 1, hence the factor 1 + cond·u. A result stored in a half type is rounded once more.
/// </remarks>
internal sealed class GoldenTolerance
{
    private readonly GoldenCase golden;
    private readonly Dictionary<string, Tensor> bounds = [];

    private GoldenTolerance(GoldenCase golden) => this.golden = golden;

    /// <summary>The bound on the error of one expected tensor of a batch_norm or layer_norm case.</summary>
    public static Tensor Of(GoldenCase golden, string name, Tensor expected)
    {
        var tolerance = new GoldenTolerance(golden);
        tolerance.Compute();
        return tolerance.bounds[name] + tolerance.Rounding(name, expected);
    }

    private void Compute()
    {
        var x = Wide("x");
        var isBatchNorm = golden.Op == "batch_norm";
        var rank = (int)x.dim();
        var features = isBatchNorm ? 1 : golden.Attributes.GetProperty("normalized_shape").GetArrayLength();
        var axes = isBatchNorm ? [.. Enumerable.Range(0, rank).Where(a => a != 1)] : Enumerable.Range(rank - features, features);
        long[] statistic = [.. axes.Select(a => (long)a)];
        long[] others = isBatchNorm ? statistic : [.. Enumerable.Range(0, rank - features).Select(a => (long)a)];

        var usesRunning = isBatchNorm && !golden.Flag("training") && golden.Has("running_mean");
        var mean = usesRunning ? Along("running_mean", rank) : x.mean(statistic, keepdim: true);
        var deviation = x - mean;
        var variance = usesRunning ? Along("running_var", rank) : deviation.square().mean(statistic, keepdim: true);
        var rstd = (variance + golden.Eps).rsqrt();
        var one = 1 + (deviation * rstd).abs();
        var gamma = golden.Has("weight") ? (isBatchNorm ? Along("weight", rank) : Wide("weight")).abs() : ones(1, ScalarType.Float64);
        var beta = golden.Has("bias") ? (isBatchNorm ? Along("bias", rank) : Wide("bias")).abs() : zeros(1, ScalarType.Float64);
        var g = Wide("grad_output").abs();
        var ghat = g * gamma;

        double m = statistic.Aggregate(1L, (product, axis) => product * x.shape[axis]);
        var u = finfo(ComputeType).eps;
        var k = (10 + 2 * Math.Log2(Math.Max(m, x.numel() / m))) * u * (1 + (golden.Cond ?? 0) * u);

        bounds["y"] = k * (gamma * one + beta);
        bounds["grad_input"] = k * rstd * (usesRunning
            ? ghat
            : ghat + ghat.mean(statistic, keepdim: true) + one * (ghat * one).mean(statistic, keepdim: true));
        bounds["grad_weight"] = k * Sum(g * one, others);
        bounds["grad_bias"] = k * Sum(g, others);
        // A variance of 0 is reached up to the square of what remains of the mean.
        var meanBound = k * (mean.abs() + variance.sqrt());
        var varianceBound = k * variance + (k * u * mean.abs()).square();
        bounds["mean"] = meanBound;
        bounds["rstd"] = k * rstd + varianceBound * rstd.pow(3);
        if (!isBatchNorm) return;
        bounds["batch_mean"] = meanBound.view(-1);
        bounds["batch_var"] = varianceBound.view(-1);
        if (!golden.Has("running_mean")) return;
        bounds["running_mean_out"] = (k * Along("running_mean", rank).abs() + meanBound).view(-1);
        bounds["running_var_out"] = (k * Along("running_var", rank).abs() + 2 * varianceBound).view(-1);
    }

    private ScalarType ComputeType => golden.Get("x").dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    private Tensor Rounding(string name, Tensor expected)
    {
        var stored = name switch
        {
            "y" or "grad_input" => golden.Get("x").dtype,
            "grad_weight" or "grad_bias" => LayerRunner.ParameterType(golden),
            _ => ComputeType,
        };
        // Half an epsilon relative, and half the smallest step among the subnormal numbers.
        return finfo(stored).eps / 2 * expected.abs() + finfo(stored).tiny * finfo(stored).eps;
    }

    private Tensor Wide(string name) => golden.Get(name).to(ScalarType.Float64);

    private Tensor Along(string name, int rank) => Wide(name).view([1, -1, .. Enumerable.Repeat(1L, rank - 2)]);

    private static Tensor Sum(Tensor terms, long[] axes) => axes.Length == 0 ? terms : terms.sum(axes);
}
