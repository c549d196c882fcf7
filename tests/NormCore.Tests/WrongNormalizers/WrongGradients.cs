using static TorchSharp.torch;

namespace NormCore.Tests.WrongNormalizers;

internal sealed class GammaNotApplied : AnalyticNormalizer
{
    public override string Mistake => "leaves gamma out of the output";

    protected override Tensor Output(Tensor xhat, Tensor gamma, Tensor beta) => xhat + beta;
}

internal sealed class BetaNotApplied : AnalyticNormalizer
{
    public override string Mistake => "leaves beta out of the output";

    protected override Tensor Output(Tensor xhat, Tensor gamma, Tensor beta) => gamma * xhat;
}

internal sealed class GammaNotInTheBackward : AnalyticNormalizer
{
    public override string Mistake => "leaves gamma out of the gradient of x";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) =>
        base.GradInput(dy, ones_like(gamma), xhat, rstd, axes);
}

internal sealed class GammaOutsideTheMeans : AnalyticNormalizer
{
    public override string Mistake => "pulls gamma out of the two means, which only batch norm may";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) =>
        gamma * base.GradInput(dy, ones_like(gamma), xhat, rstd, axes);
}

internal sealed class XhatTermDropped : AnalyticNormalizer
{
    public override string Mistake => "drops the term of the variance from the gradient";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) =>
        rstd * (dy * gamma - (dy * gamma).mean(axes, keepdim: true));
}

internal sealed class MeanTermDropped : AnalyticNormalizer
{
    public override string Mistake => "drops the term of the mean from the gradient";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) =>
        rstd * (dy * gamma - xhat * (dy * gamma * xhat).mean(axes, keepdim: true));
}

internal sealed class StatisticsTakenForConstants : AnalyticNormalizer
{
    public override string Mistake => "lets no gradient through the statistics";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) => dy * gamma * rstd;
}

internal sealed class SumForMean : AnalyticNormalizer
{
    public override string Mistake => "sums where the gradient has means";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes)
    {
        var dxhat = dy * gamma;
        return rstd * (dxhat - dxhat.sum(axes, keepdim: true) - xhat * (dxhat * xhat).sum(axes, keepdim: true));
    }
}

internal sealed class ZeroGradient : AnalyticNormalizer
{
    public override string Mistake => "returns zeros for the gradient of x, which gamma = 1 and a plain sum as loss cannot see";

    protected override Tensor GradInput(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) => zeros_like(dy);
}

internal sealed class GradWeightOfRawInput : AnalyticNormalizer
{
    public override string Mistake => "multiplies by x instead of xhat in the gradient of gamma";

    protected override Tensor GradWeight(Tensor dy, Tensor x, Tensor xhat, long[] axes) => Sum(dy * x, axes);
}

internal sealed class GradBiasAveraged : AnalyticNormalizer
{
    public override string Mistake => "averages the gradient of beta over the batch";

    protected override Tensor GradBias(Tensor dy, long[] axes) => axes.Length == 0 ? dy * 0.5 : dy.mean(axes);
}

internal sealed class GammaPerGroup : AnalyticNormalizer
{
    public override string Mistake => "has one gamma for the channels of a group";

    protected override Tensor Gamma(Tensor gamma) => gamma.dim() == 4 && gamma.shape[1] > 1 ? gamma.mean([2L], keepdim: true) : gamma;
}

internal sealed class MeanTermInTheBackwardOfRms : AnalyticNormalizer
{
    public override string Mistake => "keeps the term of the mean in the gradient of RMS norm, which has no mean";

    protected override Tensor GradInputOfRms(Tensor dy, Tensor gamma, Tensor xhat, Tensor rstd, long[] axes) => GradInput(dy, gamma, xhat, rstd, axes);
}
