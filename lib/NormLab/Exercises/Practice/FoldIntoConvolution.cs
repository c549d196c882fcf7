using static NormLab.Exercises.DivisorMisconceptions;
using static NormLab.Exercises.FoldingMisconceptions;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>A function that folds a batch norm into the convolution before it.</summary>
/// <param name="weight">(out, in, kH, kW).</param>
/// <param name="bias">(out).</param>
/// <param name="gamma">γ, (out).</param>
/// <param name="beta">β, (out).</param>
/// <param name="runningMean">(out).</param>
/// <param name="runningVariance">(out).</param>
/// <param name="eps">ε.</param>
/// <returns>The weight and the bias of the convolution that does both.</returns>
public delegate (Tensor Weight, Tensor Bias) FoldAnswer(
    Tensor weight, Tensor bias, Tensor gamma, Tensor beta, Tensor runningMean, Tensor runningVariance, double eps);

internal static class FoldIntoConvolution
{
    public static readonly Exercise<FoldAnswer> Sheet = new()
    {
        Title = "Fold into the convolution",
        Statement = "Batch norm in evaluation mode follows a convolution. From weight (out, in, kH, kW), bias, γ, β, running mean and running variance, all of shape (out), and ε compute the weight and the bias of one convolution that does both.",
        Difficulty = 2,
        Trains = "that batch norm costs nothing at inference",
        Hints =
        [
            "For one output channel all is a straight line: y = a·(w∗x + b − μ) + β. What is a?",
            "a = γ/√(σ² + ε). The new weight is a·w, filter by filter, and the new bias a·(b − μ) + β.",
            "`var a = gamma / (variance + eps).sqrt(); return (weight * a.reshape(-1, 1, 1, 1), (bias - mean) * a + beta);`",
        ],
        // As many inputs as outputs: a scale along the wrong axis raises no error.
        Observe = (answer, trial) =>
        {
            var (weight, bias) = answer(
                trial.Give("weight", Sample.Normal(30, 3, 3, 2, 2)), trial.Give("bias", Sample.Normal(31, 3)), trial.Give("γ", Sample.Positive(32, 3)),
                trial.Give("β", Sample.Normal(33, 3)), trial.Give("running mean", Sample.Normal(34, 3)), trial.Give("running variance", Sample.Positive(35, 3)), 0.4);
            trial.Take("weight", weight);
            trial.Take("bias", bias);
        },
        Solution = (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, Scale(gamma, variance, eps), bias - mean, beta),
        Suspects =
        [
            new(BiasLost, (weight, _, gamma, beta, mean, variance, eps) => Folded(weight, Scale(gamma, variance, eps), -mean, beta)),
            new(BiasNotScaled, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, Scale(gamma, variance, eps), -mean, beta + bias)),
            new(MeanLost, (weight, bias, gamma, beta, _, variance, eps) => Folded(weight, Scale(gamma, variance, eps), bias, beta)),
            new(MeanNotScaled, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, Scale(gamma, variance, eps), bias, beta - mean)),
            new(BetaLost, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, Scale(gamma, variance, eps), bias - mean, zeros_like(beta))),
            new(BetaFolded, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, Scale(gamma, variance, eps), bias - mean + beta, zeros_like(beta))),
            new(GammaLost, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, Scale(ones_like(gamma), variance, eps), bias - mean, beta)),
            new(InputChannels, (weight, bias, gamma, beta, mean, variance, eps) =>
                (weight * Scale(gamma, variance, eps).reshape(1, -1, 1, 1), (bias - mean) * Scale(gamma, variance, eps) + beta)),
            new(WeightNotScaled, (weight, bias, gamma, beta, mean, variance, eps) => (weight.clone(), (bias - mean) * Scale(gamma, variance, eps) + beta)),
            new(DeviationAssumed, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, gamma / (variance + eps), bias - mean, beta)),
            new(EpsForgotten, (weight, bias, gamma, beta, mean, variance, _) => Folded(weight, Scale(gamma, variance, 0), bias - mean, beta)),
            new(EpsOutside, (weight, bias, gamma, beta, mean, variance, eps) => Folded(weight, gamma / (variance.sqrt() + eps), bias - mean, beta)),
            new(EpsOfItsOwn, (weight, bias, gamma, beta, mean, variance, _) => Folded(weight, Scale(gamma, variance, 1e-5), bias - mean, beta)),
        ],
    };

    private static Tensor Scale(Tensor gamma, Tensor variance, double eps) => gamma / (variance + eps).sqrt();

    private static (Tensor Weight, Tensor Bias) Folded(Tensor weight, Tensor scale, Tensor shift, Tensor beta) =>
        (weight * scale.reshape(-1, 1, 1, 1), shift * scale + beta);
}
