namespace NormLab.Claims;

/// <summary>The ways in which a <see cref="Claim"/> meets its measurement.</summary>
public static class Measurements
{
    /// <summary>Judges an identity or a numerical claim by one number, which has no sampling error.</summary>
    /// <exception cref="InvalidOperationException">The claim is empirical, or has no threshold.</exception>
    public static ClaimResult Measured(this Claim claim, double value)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Kind == ClaimKind.Empirical)
        {
            throw new InvalidOperationException(
                $"Claim '{claim.Id}' is empirical and got one number; it needs at least {Claim.FewestSeeds} paired seeds, "
                + "because a single run cannot tell an effect from luck.");
        }

        return new(claim, value, null, Judge(claim, value, value));
    }

    /// <summary>Judges a numerical claim by an estimate, with its 95 % interval of Student's t.</summary>
    /// <exception cref="InvalidOperationException">The claim is not numerical, or has no threshold.</exception>
    public static ClaimResult Measured(this Claim claim, Estimate estimate)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Kind != ClaimKind.Numerical)
        {
            throw new InvalidOperationException(
                $"Claim '{claim.Id}' is of kind {claim.Kind} and got an estimate; an identity takes one number "
                + "and an empirical claim the differences of its seeds.");
        }

        return WithInterval(claim, estimate);
    }

    /// <summary>
    /// Judges an empirical claim by the mean of paired differences, one per seed, with its 95 % interval of Student's t.
    /// </summary>
    /// <remarks>
    /// The t interval and not the bootstrap: with five to ten seeds the percentile bootstrap covers clearly less than
    /// its level, because it cannot see further than the few values it has. The t interval is exact for normal
    /// differences, and needs no random numbers.
    /// </remarks>
    /// <param name="claim">The claim.</param>
    /// <param name="differences">One number per seed: both arms ran with that seed's initialisation and batch order.</param>
    /// <exception cref="InvalidOperationException">The claim is not empirical, or has no threshold.</exception>
    /// <exception cref="ArgumentException">There are fewer than <see cref="Claim.FewestSeeds"/> differences.</exception>
    public static ClaimResult Measured(this Claim claim, IReadOnlyCollection<double> differences)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(differences);
        if (claim.Kind != ClaimKind.Empirical)
            throw new InvalidOperationException($"Claim '{claim.Id}' is of kind {claim.Kind} and got differences per seed; only an empirical claim has seeds.");
        if (differences.Count < Claim.FewestSeeds)
        {
            throw new ArgumentException(
                $"Claim '{claim.Id}' got {differences.Count} paired seeds and needs at least {Claim.FewestSeeds}: "
                + "with fewer, the interval is wider than the effects it should show.", nameof(differences));
        }

        return WithInterval(claim, Estimate.Of(differences));
    }

    /// <summary>Judges an empirical claim by two arms, paired seed by seed: the statistic is the mean of arm − baseline.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="arm">One number per seed.</param>
    /// <param name="baseline">The same seeds in the same order.</param>
    public static ClaimResult Measured(this Claim claim, IReadOnlyList<double> arm, IReadOnlyList<double> baseline)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(baseline);
        if (arm.Count != baseline.Count)
        {
            throw new ArgumentException(
                $"Claim '{claim.Id}' got {arm.Count} seeds of one arm and {baseline.Count} of the other; pairs need the same seeds in both.",
                nameof(baseline));
        }

        return claim.Measured([.. arm.Zip(baseline, (a, b) => a - b)]);
    }

    private static ClaimResult WithInterval(Claim claim, Estimate estimate)
    {
        var interval = estimate.Interval();
        return new(claim, estimate.Value, interval, Judge(claim, interval.Low, interval.High));
    }

    private static Verdict Judge(Claim claim, double low, double high) =>
        claim.Threshold?.Judge(low, high)
        ?? throw new InvalidOperationException(
            $"Claim '{claim.Id}' was measured before its threshold was stated: call HoldsWhen first, "
            + "a threshold chosen after the run proves nothing.");
}
