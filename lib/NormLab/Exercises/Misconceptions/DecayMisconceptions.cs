namespace NormLab.Exercises;

/// <summary>Wrong about which parameters weight decay is for.</summary>
internal static class DecayMisconceptions
{
    private const string Decay = "Trap 10: weight decay that nobody sees, and decay on γ";

    public static readonly Misconception DecayEverything = new("decay on everything",
        "All parameters decay. γ and β are no lengths that batch norm ignores: decay pulls the scale of every channel towards zero and is seen in the training loss.", "11", Decay);

    public static readonly Misconception DecayNothing = new("decay on nothing",
        "No parameter decays. Before a norm decay is no penalty on the function, but it keeps the length of the weights, and with it the step size, in balance.",
        "06", "Equilibrium: the angle that weight decay sets");

    public static readonly Misconception DecayGamma = new("decay on γ",
        "Everything called `weight` decays, and γ is called `weight` too. Biases are exempt as they should be; tell γ by its layer, or by its single axis.", "11", Decay);

    public static readonly Misconception DecayBiases = new("decay on biases",
        "γ and β are exempt, but the biases of linear layers and convolutions decay. A bias is a shift, not a length; decay moves it towards zero for no reason.", "11", Decay);

    public static readonly Misconception DecayOtherNorms = new("decay on another norm's γ",
        "Batch norm is exempt and layer norm is not. What matters is what a parameter does, not which class it is in.", "11", Decay);

    public static readonly Misconception DecayExchanged = new("the two groups exchanged",
        "What should decay does not, and what should not decay does.", "11", Decay);

    public static readonly Misconception InvariantExempt = new("weights before a norm exempt",
        "The weights in front of a norm do not decay, since the loss does not see their length. But the length divides the step: without decay it grows and the learning rate fades, with decay the two balance.",
        "06", "Weight decay is a growing learning rate");
}
