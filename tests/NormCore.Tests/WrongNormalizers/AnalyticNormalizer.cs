using NormCore.Tests.Conformance;
using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.WrongNormalizers;

/// <summary>Batch and layer norm with the textbook backward written out, step by step, so that each step can be got wrong.</summary>
internal class AnalyticNormalizer
{
    public virtual string Mistake => "none";

    public NormalizerRun Run(GoldenCase golden)
    {
        var x = golden.Get("x");
        var isBatchNorm = golden.Op == "batch_norm";
        var rank = (int)x.dim();
        var features = isBatchNorm ? 1 : golden.Attributes.GetProperty("normalized_shape").GetArrayLength();
        var axes = StatisticAxes(isBatchNorm ? Axes.AllBut(1, rank) : Axes.Last(features, rank));
        var sums = isBatchNorm ? Axes.AllBut(1, rank) : [.. Enumerable.Range(0, rank - features).Select(a => (long)a)];
        var training = !isBatchNorm || golden.Flag("training");
        var tracked = golden.Has("running_mean");

        var usesBatch = UsesBatchStatistics(training, tracked);
        var m = axes.Aggregate(1L, (product, axis) => product * x.shape[axis]);
        var mean = usesBatch ? x.mean(axes, keepdim: true) : Along(golden.Get("running_mean"), rank);
        var variance = usesBatch ? Variance(x, mean, axes, m) : Along(golden.Get("running_var"), rank);
        var rstd = Rstd(variance, golden.Eps);
        var xhat = (x - mean) * rstd;
        var gamma = golden.Find("weight") is { } weight ? (isBatchNorm ? Along(weight, rank) : weight) : ones_like(x);
        var beta = golden.Find("bias") is { } bias ? (isBatchNorm ? Along(bias, rank) : bias) : zeros_like(x);

        var dy = golden.Get("grad_output");
        var run = new NormalizerRun { ["y"] = Output(xhat, gamma, beta) };
        run["grad_input"] = usesBatch && training || !tracked
            ? GradInput(dy, gamma, xhat, rstd, axes)
            : GradInputOfConstants(dy, gamma, rstd);
        if (golden.Has("weight")) run["grad_weight"] = GradWeight(dy, x, xhat, sums);
        if (golden.Has("bias")) run["grad_bias"] = GradBias(dy, sums);
        if (tracked) Track(golden, run, training, mean.mean(sums), variance.mean(sums), m); // (1, C, 1, …) → (C)
        return run;
    }

    protected virtual long[] StatisticAxes(long[] axes) => axes;

    protected virtual bool UsesBatchStatistics(bool training, bool tracked) => training || !tracked;

    protected virtual Tensor Variance(Tensor x, Tensor mean, long[] axes, long m) => (x - mean).square().mean(axes, keepdim: true);

    protected virtual Tensor Rstd(Tensor variance, double eps) => (variance + eps).rsqrt();

    protected virtual Tensor Output(Tensor xhat, Tensor gamma, Tensor beta) => gamma * xhat + beta;

    protected virtual Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes)
    {
        var dxhat = dy * gamma;
        return rstd * (dxhat - dxhat.mean(axes, keepdim: true) - xhat * (dxhat * xhat).mean(axes, keepdim: true));
    }

    protected virtual Tensor GradInputOfConstants(Tensor dy, Tensor gamma, Tensor rstd) => dy * gamma * rstd;

    protected virtual Tensor GradWeight(Tensor dy, Tensor x, Tensor xhat, long[] axes) => Sum(dy * xhat, axes);

    protected virtual Tensor GradBias(Tensor dy, long[] axes) => Sum(dy, axes);

    protected virtual double Unbias(long m) => m / (m - 1.0);

    protected virtual Tensor Average(Tensor running, Tensor batch, double rho) => (1 - rho) * running + rho * batch;

    protected static Tensor Sum(Tensor terms, long[] axes) => axes.Length == 0 ? terms : terms.sum(axes);

    private void Track(GoldenCase golden, NormalizerRun run, bool training, Tensor mean, Tensor variance, long m)
    {
        var rho = golden.Momentum ?? 1.0 / golden.Attributes.GetProperty("num_batches_tracked_out").GetInt64();
        run["running_mean_out"] = training ? Average(golden.Get("running_mean"), mean, rho) : golden.Get("running_mean");
        run["running_var_out"] = training ? Average(golden.Get("running_var"), variance * Unbias(m), rho) : golden.Get("running_var");
    }

    private static Tensor Along(Tensor parameter, int rank) => parameter.view([1, -1, .. Enumerable.Repeat(1L, rank - 2)]);
}
