using NormCore.Tests.Conformance;
using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.WrongNormalizers;

/// <summary>Every normalizer with the textbook backward written out, step by step, so that each step can be got wrong.</summary>
internal class AnalyticNormalizer
{
    public virtual string Mistake => "none";

    public NormalizerRun Run(GoldenCase golden)
    {
        var layout = GoldenLayout.Of(golden);
        var x = layout.View(golden.Get("x"));
        var axes = StatisticAxes(layout.Statistics);
        var training = golden.Op is not ("batch_norm" or "instance_norm") || golden.Flag("training");
        var tracked = golden.Has("running_mean");
        var centred = SubtractsTheMean(golden.Op);

        var usesBatch = UsesBatchStatistics(training, tracked);
        var m = axes.Aggregate(1L, (product, axis) => product * x.shape[axis]);
        var mean = usesBatch ? x.mean(axes, keepdim: true) * (centred ? 1 : 0) : layout.Along(golden.Get("running_mean"));
        var variance = usesBatch ? Variance(x, mean, axes, m) : layout.Along(golden.Get("running_var"));
        var rstd = Rstd(variance, golden.Eps);
        var xhat = (x - mean) * rstd;
        var gamma = golden.Find("weight") is { } weight ? Gamma(layout.Along(weight)) : ones_like(x);
        var beta = golden.Find("bias") is { } bias ? layout.Along(bias) : zeros_like(x);

        var dy = layout.View(golden.Get("grad_output"));
        var dx = !usesBatch || (!training && tracked) ? GradInputOfConstants(dy, gamma, rstd)
            : centred ? GradInput(dy, gamma, xhat, rstd, axes)
            : GradInputOfRms(dy, gamma, xhat, rstd, axes);
        var run = new NormalizerRun { ["y"] = Shaped(Output(xhat, gamma, beta), "y"), ["grad_input"] = Shaped(dx, "grad_input") };
        var others = layout.Others;
        if (golden.Has("weight")) run["grad_weight"] = Shaped(GradWeight(dy, x, xhat, others), "grad_weight");
        if (golden.Has("bias")) run["grad_bias"] = Shaped(GradBias(dy, others), "grad_bias");
        if (tracked) Track(golden, run, training, mean.mean(others), variance.mean(others), m); // (1, C, 1, …) → (C)
        return run;

        Tensor Shaped(Tensor result, string name) => result.expand(name is "y" or "grad_input" ? x.shape : result.shape).reshape(golden.Get(name).shape);
    }

    protected virtual bool SubtractsTheMean(string op) => op != "rms_norm";

    protected virtual Tensor Gamma(Tensor gamma) => gamma;

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

    protected virtual Tensor GradInputOfRms(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) =>
        rstd * (dy * gamma - xhat * (dy * gamma * xhat).mean(axes, keepdim: true));

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
}
