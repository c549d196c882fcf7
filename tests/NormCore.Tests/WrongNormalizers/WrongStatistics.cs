using static TorchSharp.torch;

namespace NormCore.Tests.WrongNormalizers;

internal sealed class UnbiasedVarianceInTheForward : AnalyticNormalizer
{
    public override string Mistake => "normalizes with the divisor m - 1";

    protected override Tensor Variance(Tensor x, Tensor mean, long[] axes, long m) => base.Variance(x, mean, axes, m) * (m / (m - 1.0));

    protected override double Unbias(long m) => 1;
}

internal sealed class BiasedRunningVariance : AnalyticNormalizer
{
    public override string Mistake => "tracks the divisor m";

    protected override double Unbias(long m) => 1;
}

internal sealed class NaiveVariance : AnalyticNormalizer
{
    public override string Mistake => "computes E[x^2] - E[x]^2";

    protected override Tensor Variance(Tensor x, Tensor mean, long[] axes, long m) => x.square().mean(axes, keepdim: true) - mean.square();
}

internal sealed class SquaredForRooted : AnalyticNormalizer
{
    public override string Mistake => "divides by the variance, not by its root";

    protected override Tensor Rstd(Tensor variance, double eps) => (variance + eps).reciprocal();
}

internal sealed class EpsOutsideTheRoot : AnalyticNormalizer
{
    public override string Mistake => "adds eps to the standard deviation";

    protected override Tensor Rstd(Tensor variance, double eps) => (variance.sqrt() + eps).reciprocal();
}

internal sealed class NoEps : AnalyticNormalizer
{
    public override string Mistake => "forgets eps";

    protected override Tensor Rstd(Tensor variance, double eps) => variance.rsqrt();
}

internal sealed class StatisticsOfTooFewAxes : AnalyticNormalizer
{
    public override string Mistake => "takes statistics over the first of the axes only";

    protected override long[] StatisticAxes(long[] axes) => axes[..1];
}

internal sealed class StaleRunningStatistics : AnalyticNormalizer
{
    public override string Mistake => "never updates the running statistics";

    protected override Tensor Average(Tensor running, Tensor batch, double rho) => running;
}

internal sealed class MomentumReversed : AnalyticNormalizer
{
    public override string Mistake => "takes momentum for the weight of the old batches";

    protected override Tensor Average(Tensor running, Tensor batch, double rho) => rho * running + (1 - rho) * batch;
}

internal sealed class EvaluationByTheBatch : AnalyticNormalizer
{
    public override string Mistake => "uses the batch's statistics in evaluation";

    protected override bool UsesBatchStatistics(bool training, bool tracked) => true;
}

internal sealed class TrainingByRunningStatistics : AnalyticNormalizer
{
    public override string Mistake => "uses the running statistics in training";

    protected override bool UsesBatchStatistics(bool training, bool tracked) => !tracked;
}

internal sealed class StatisticsOverTheBatchToo : AnalyticNormalizer
{
    public override string Mistake => "lets the samples of a batch share the statistics of layer, group, instance and RMS norm";

    protected override long[] StatisticAxes(long[] axes) => [0, .. axes.Where(axis => axis != 0)];
}

internal sealed class MeanSubtractedByRms : AnalyticNormalizer
{
    public override string Mistake => "subtracts the mean in RMS norm, which makes it layer norm";

    protected override bool SubtractsTheMean(string op) => true;
}

internal sealed class NoMeanSubtracted : AnalyticNormalizer
{
    public override string Mistake => "subtracts no mean, which makes every norm an RMS norm";

    protected override bool SubtractsTheMean(string op) => false;
}
