using static NormLab.Exercises.AffineMisconceptions;
using static NormLab.Exercises.AxisMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class BatchNormOfImages
{
    private static readonly long[] AllButChannels = [0, 2, 3];

    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Batch norm of images",
        Statement = "From x of shape (N, C, H, W), γ and β of shape (C) and ε compute y = γx̂ + β as batch norm does in training.",
        Difficulty = 1,
        Trains = "the axes of a convolution's batch norm, and how γ lines up with the channels",
        Hints =
        [
            "A filter is moved over all positions of all images. What do all its outputs have in common?",
            "One mean for each channel: over the axes 0, 2 and 3. γ and β live on axis 1, and broadcasting lines up from the right.",
            "`x.mean([0L, 2, 3], keepdim: true)` has shape (1, C, 1, 1), and `gamma.reshape(-1, 1, 1)` lines up with it.",
        ],
        // As many channels as columns: γ along the wrong axis raises no error.
        Observe = (answer, trial) => trial.Take("y", answer(
            trial.Give("x", Sample.Uneven(2, 4, 3, 2, 3)), trial.Give("γ", Sample.Positive(3, 3)), trial.Give("β", Sample.Normal(4, 3)), 0.4)),
        Solution = (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, AllButChannels, eps), gamma, beta),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, AllButChannels, eps, divisor), gamma, beta)),
            new(PerPixel, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, [0], eps), gamma, beta)),
            new(PerImage, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, [2, 3], eps), gamma, beta)),
            new(PerSample, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, [1, 2, 3], eps), gamma, beta)),
            new(OneForAll, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, [0, 1, 2, 3], eps), gamma, beta)),
            new(GammaOnWidth, (x, gamma, beta, eps) => Recipe.Normalize(x, AllButChannels, eps) * gamma + beta),
            new(GammaForgotten, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, AllButChannels, eps), ones_like(gamma), beta)),
            new(BetaForgotten, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, AllButChannels, eps), gamma, zeros_like(beta))),
            new(GammaTwice, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, AllButChannels, eps), gamma.square(), beta)),
            new(BetaScaled, (x, gamma, beta, eps) => Scaled(Recipe.Normalize(x, AllButChannels, eps), gamma, gamma * beta)),
        ],
    };

    private static Tensor Scaled(Tensor xhat, Tensor gamma, Tensor beta) => xhat * Recipe.PerChannel(gamma, xhat) + Recipe.PerChannel(beta, xhat);
}
