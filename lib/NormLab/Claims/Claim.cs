namespace NormLab.Claims;

/// <summary>
/// A claim as it is stated before the run: what is said, which statistic decides it, and which verdict the prose
/// gives. It reads as a sentence:
/// <code>
/// Claim.Empirical("lr-budget", "Batch norm allows a larger step size")
///     .HoldsWhen("accuracy at step size 1, with minus without", atLeast: 0.05)
///     .ProseSays(Verdict.Holds)
///     .Measured(with, without)
/// </code>
/// </summary>
public sealed record Claim
{
    /// <summary>The fewest paired seeds that an empirical claim may rest on.</summary>
    public const int FewestSeeds = 5;

    private Claim(ClaimKind kind, string id, string statement)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(statement);
        (Kind, Id, Statement) = (kind, id, statement);
    }

    /// <summary>What kind of evidence the claim rests on.</summary>
    public ClaimKind Kind { get; }

    /// <summary>A short name, unique in its notebook; checks and the scoreboard use it.</summary>
    public string Id { get; }

    /// <summary>What is claimed, as a sentence.</summary>
    public string Statement { get; }

    /// <summary>The name of the statistic that decides, with its unit.</summary>
    public string Statistic { get; private init; } = "largest difference";

    /// <summary>What the statistic must reach; null until <see cref="HoldsWhen"/> states it.</summary>
    public Threshold? Threshold { get; private init; }

    /// <summary>The verdict that the prose around the claim states.</summary>
    public Verdict Stated { get; private init; } = Verdict.Holds;

    /// <summary>A claim that is true to rounding.</summary>
    public static Claim Identity(string id, string statement) => new(ClaimKind.Identity, id, statement);

    /// <summary>A claim that a number meets a derived tolerance.</summary>
    public static Claim Numerical(string id, string statement) => new(ClaimKind.Numerical, id, statement);

    /// <summary>A claim about paired seeds.</summary>
    public static Claim Empirical(string id, string statement) => new(ClaimKind.Empirical, id, statement);

    /// <summary>States the statistic and its threshold: give <paramref name="atLeast"/> or <paramref name="atMost"/>, in the statistic's unit.</summary>
    public Claim HoldsWhen(string statistic, double? atLeast = null, double? atMost = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statistic);
        Threshold threshold = (atLeast, atMost) switch
        {
            ({ } low, null) => Claims.Threshold.AtLeast(low),
            (null, { } high) => Claims.Threshold.AtMost(high),
            _ => throw new ArgumentException(
                $"Claim '{Id}' needs exactly one threshold, atLeast or atMost; {(atLeast is null ? "none was" : "both were")} given. "
                + "With none nothing is decided, with both use two claims."),
        };
        if (!double.IsFinite(threshold.Value))
            throw new ArgumentException($"Claim '{Id}' has the threshold {threshold.Value}; only a finite number can be reached or missed.");

        return this with { Statistic = statistic, Threshold = threshold };
    }

    /// <summary>Records the verdict that the prose states. The check passes when the measurement gives the same one.</summary>
    public Claim ProseSays(Verdict verdict) => this with { Stated = verdict };
}
