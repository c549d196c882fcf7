namespace NormLab.Exercises;

/// <summary>Wrong about the backward pass.</summary>
internal static class BackwardMisconceptions
{
    private const string Formula = "Backward in one formula";
    private const string Nodes = "Backward: the chain rule, one node at a time";

    public static readonly Misconception MeanPathForgotten = new("the mean's gradient forgotten",
        "The term −mean(dx̂) is missing. x reaches the loss through μ too; with that path the gradient of each set sums to zero, since shifting all of x changes nothing.",
        "01", "Two directions are lost");

    public static readonly Misconception VariancePathForgotten = new("the x̂ term missing",
        "The term −x̂·mean(dx̂·x̂), which is the variance's gradient, is missing. Without it the gradient has a part along x̂, though stretching x changes the output hardly at all.",
        "01", "Two directions are lost");

    public static readonly Misconception StatisticsConstant = new("statistics treated as constants",
        "dx is γ·dy/√(σ² + ε) and nothing else: the direct path alone. The paths through the mean and through the variance are both missing.",
        "11", "In training: statistics outside the gradient");

    public static readonly Misconception SumsForMeans = new("sums for means in dx",
        "The two sums in dx are not divided by m. They are means: each x has the share 1/m in μ and σ².",
        "01", Formula);

    public static readonly Misconception UnbiasedMeans = new("m − 1 in dx",
        "The means in dx are divided by m − 1. Their divisor is that of the forward pass, where μ and σ² have m.",
        "01", Formula);

    public static readonly Misconception GammaForgottenBack = new("γ forgotten in backward",
        "dx lacks the factor γ: dy is the gradient at y, and y = γx̂ + β, so dx̂ = γ·dy.",
        "01", Nodes);

    public static readonly Misconception GammaTwiceBack = new("γ applied twice in backward",
        "dx has γ squared. It enters once, in dx̂ = γ·dy; the formula with γ in front has plain dy inside.",
        "01", Formula);

    public static readonly Misconception RstdForgotten = new("1/σ forgotten in dx",
        "dx lacks the factor 1/√(σ² + ε). It is how a normalizer makes gradients small where inputs are large.",
        "01", Formula);

    public static readonly Misconception BetaAveraged = new("β's gradient averaged",
        "dβ is a mean over the samples. One β is added to every sample, and the shares of a parameter that is used m times add up; averaging is the loss's business.",
        "01", Nodes);

    public static readonly Misconception GammaGradientAveraged = new("γ's gradient averaged",
        "dγ is a mean over the samples. One γ multiplies every sample, and the shares of a parameter that is used m times add up.",
        "01", Nodes);

    public static readonly Misconception GammaGradientOfInput = new("γ's gradient with x for x̂",
        "dγ is Σ dy·x. What γ multiplies in the forward pass is x̂, so that is what its gradient sees.",
        "01", Nodes);

    public static readonly Misconception GammaGradientScaled = new("γ in its own gradient",
        "dγ has a factor γ. y = γx̂ + β is linear in γ, so its derivative does not contain γ.",
        "01", Nodes);

    public static readonly Misconception GammaInFront = new("γ in front of the bracket",
        "γ is multiplied at the end, as batch norm may do. There γ is the same for all members of a set; here it differs between the features of one token, and belongs inside the means: dx̂ = γ·dy first.",
        "07", "The misconception: γ in front");

    public static readonly Misconception BatchAxisBack = new("backward over the batch's axis",
        "The means in dx run over the samples. They run over the same sets as the statistics: here the features of one token.",
        "07", "One backward pass for all of them");
}
