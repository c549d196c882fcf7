namespace NormLab.Exercises;

/// <summary>Wrong about γ and β.</summary>
internal static class AffineMisconceptions
{
    private const string Undo = "What γ and β can undo";

    public static readonly Misconception GammaForgotten = new("γ forgotten",
        "The output is not multiplied by γ. Without it the layer cannot choose its spread, and every following layer gets spread one.", "01", Undo);

    public static readonly Misconception BetaForgotten = new("β forgotten",
        "β is not added. Without it half of each channel would be negative in front of every ReLU.", "01", Undo);

    public static readonly Misconception GammaTwice = new("γ applied twice",
        "γ enters squared. It belongs in one place: y = γx̂ + β.", "01", Undo);

    public static readonly Misconception BetaScaled = new("β multiplied by γ",
        "γ multiplies β too: γ(x̂ + β). The shift is added after the scale, y = γx̂ + β, so that the two can be learned independently.", "01", Undo);

    public static readonly Misconception GammaOnWidth = new("γ along the wrong axis",
        "γ of shape (C) is broadcast along the last axis, the width, not along the channels. Broadcasting lines up from the right: reshape γ to (C, 1, 1).",
        "01", "Forward: three lines of arithmetic");

    public static readonly Misconception OnePlusGamma = new("1 + γ",
        "The output is multiplied by 1 + γ. Some models store γ − 1, so that decay pulls the scale to one; here γ is the scale itself. Weights ported between the two conventions are wrong by one.",
        "11", "Trap 10: weight decay that nobody sees, and decay on γ");
}
