namespace NormLab.Claims;

/// <summary>What a measurement says about a claim.</summary>
public enum Verdict
{
    /// <summary>The statistic, with its whole interval, lies on the claim's side of the threshold.</summary>
    Holds,

    /// <summary>The statistic, with its whole interval, lies on the other side.</summary>
    Fails,

    /// <summary>The interval straddles the threshold, or the statistic is not a finite number.</summary>
    Inconclusive,
}
