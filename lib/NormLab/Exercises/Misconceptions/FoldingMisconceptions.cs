namespace NormLab.Exercises;

/// <summary>Wrong about how batch norm disappears into the layer before it.</summary>
internal static class FoldingMisconceptions
{
    private const string Disappears = "At inference the layer disappears";

    public static readonly Misconception BiasLost = new("convolution's bias lost",
        "The new bias does not contain the convolution's. It is irrelevant while batch norm subtracts the mean of a batch, but the running mean was measured with it: b' = a(b − μ) + β.",
        "11", "In a conversion: the bias is dropped, its shadow stays");

    public static readonly Misconception BiasNotScaled = new("bias not scaled",
        "The convolution's bias is carried over as it is. Batch norm multiplies all that the convolution gives, its bias included, by a = γ/√(σ² + ε).", "01", Disappears);

    public static readonly Misconception MeanLost = new("running mean lost",
        "The running mean is missing in the new bias. Batch norm subtracts it before it scales: b' = a(b − μ) + β.", "01", Disappears);

    public static readonly Misconception MeanNotScaled = new("running mean not scaled",
        "The running mean is subtracted without the factor a = γ/√(σ² + ε). It is subtracted before the scale, so it is scaled.", "01", Disappears);

    public static readonly Misconception BetaLost = new("β lost",
        "β is missing in the new bias, b' = a(b − μ) + β.", "01", Disappears);

    public static readonly Misconception BetaFolded = new("β scaled",
        "β is multiplied by a = γ/√(σ² + ε). It is added after the scale.", "01", Disappears);

    public static readonly Misconception GammaLost = new("γ lost",
        "The scale is 1/√(σ² + ε), without γ.", "01", Disappears);

    public static readonly Misconception InputChannels = new("scale along the input channels",
        "The scale multiplies the weights along axis 1, the inputs. Batch norm follows the convolution, so a filter is scaled as a whole: along axis 0 of (out, in, kH, kW).", "01", Disappears);

    public static readonly Misconception WeightNotScaled = new("weights not scaled",
        "The weights are what they were. The scale a = γ/√(σ² + ε) belongs to the filter and to the bias.", "01", Disappears);

    public static readonly Misconception DeviationAssumed = new("running variance taken for a standard deviation",
        "The scale is γ/(σ² + ε), as if the running variance were a standard deviation. Take the root.", "01", Disappears);
}
