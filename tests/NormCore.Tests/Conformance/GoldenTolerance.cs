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

    /// <summary>The bound on the error of one expected tensor of a single call, in its shape; of shares of a sum, one for each share.</summary>
    public static Tensor Of(GoldenCase golden, string name, Tensor expected)
    {
        var tolerance = new GoldenTolerance(golden);
        tolerance.Compute(GoldenLayout.Of(golden));
        var bound = tolerance.bounds[name];
        return (bound.numel() == expected.numel() ? bound.reshape(expected.shape) : bound) + tolerance.Rounding(name, expected);
    }

    private void Compute(GoldenLayout layout)
    {
        var statistic = layout.Statistics;
        var x = layout.View(Wide("x"));
        // Nothing is subtracted by RMS norm: its statistic is that of deviations from 0, and x̂ is accurate to u |x̂|.
        var isCentred = golden.Op != "rms_norm";
        var usesRunning = golden.Has("running_mean") && !golden.Flag("training");
        var mean = usesRunning ? layout.Along(Wide("running_mean")) : x.mean(statistic, keepdim: true) * (isCentred ? 1 : 0);
        var deviation = x - mean;
        var variance = usesRunning ? layout.Along(Wide("running_var")) : deviation.square().mean(statistic, keepdim: true);
        var rstd = (variance + golden.Eps).rsqrt();
        var one = (isCentred ? 1 : 0) + (deviation * rstd).abs();
        var gamma = golden.Has("weight") ? layout.Along(Wide("weight")).abs() : ones(1, ScalarType.Float64);
        var beta = golden.Has("bias") ? layout.Along(Wide("bias")).abs() : zeros(1, ScalarType.Float64);
        var g = layout.View(Wide("grad_output")).abs();
        var ghat = g * gamma;

        double m = layout.Count;
        var u = finfo(ComputeType).eps;
        var k = (10 + 2 * Math.Log2(Math.Max(m, x.numel() / m))) * u * (1 + (golden.Cond ?? 0) * u);

        bounds["y"] = k * (gamma * one + beta);
        var throughMean = isCentred ? ghat.mean(statistic, keepdim: true) : zeros(1, ScalarType.Float64);
        bounds["grad_input"] = k * rstd * (usesRunning ? ghat : ghat + throughMean + one * (ghat * one).mean(statistic, keepdim: true));
        bounds["grad_weight"] = k * layout.Sum(g * one);
        bounds["grad_bias"] = k * layout.Sum(g);
        // A variance of 0 is reached up to the square of what remains of the mean.
        var meanBound = k * (mean.abs() + variance.sqrt());
        var varianceBound = k * variance + (k * u * mean.abs()).square();
        bounds["mean"] = bounds["batch_mean"] = bounds["instance_mean"] = meanBound;
        bounds["batch_var"] = bounds["instance_var"] = varianceBound;
        bounds["rstd"] = k * rstd + varianceBound * rstd.pow(3);
        bounds["rrms"] = k * rstd;
        if (!golden.Has("running_mean")) return;
        // Instance norm tracks the average over the batch; batch norm has one statistic for all of it.
        bounds["running_mean_out"] = k * layout.Along(Wide("running_mean")).abs() + meanBound.mean([0], keepdim: true);
        bounds["running_var_out"] = k * layout.Along(Wide("running_var")).abs() + 2 * varianceBound.mean([0], keepdim: true);
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
}
