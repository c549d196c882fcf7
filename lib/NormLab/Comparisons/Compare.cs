namespace NormLab.Comparisons;

/// <summary>
/// Compares numbers worked out by hand with those of a library:
/// <code>Compare.To("autograd", ("dx", dx, x.grad), ("dγ", dgamma, gamma.grad))</code>
/// </summary>
public static class Compare
{
    /// <summary>
    /// Compares pairs and says of each whether it is exact (bit by bit), close, or off. The tolerance is relative to
    /// the largest entry of the reference: 1e-10 for float64, 1e-5 for float32, 1e-2 for the half-precision types.
    /// </summary>
    /// <param name="reference">What the numbers are compared with.</param>
    /// <param name="pairs">A name, ours and theirs: each a tensor of any shape and type, a number or an array of numbers.</param>
    public static ComparisonTable To(string reference, params (string Name, object? Ours, object? Theirs)[] pairs) =>
        Against(reference, null, pairs);

    /// <summary>As <see cref="To(string, ValueTuple{string, object, object}[])"/>, with a tolerance of one's own.</summary>
    /// <param name="reference">What the numbers are compared with.</param>
    /// <param name="tolerance">The largest difference that counts as close, relative to the largest entry of the reference.</param>
    /// <param name="pairs">A name, ours and theirs.</param>
    public static ComparisonTable To(string reference, double tolerance, params (string Name, object? Ours, object? Theirs)[] pairs)
    {
        if (tolerance is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance is relative to the largest entry, so it lies between 0 and 1.");

        return Against(reference, tolerance, pairs);
    }

    private static ComparisonTable Against(string reference, double? tolerance, (string Name, object? Ours, object? Theirs)[] pairs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Length == 0)
            throw new ArgumentException($"Nothing was given to compare with {reference}; give at least one (name, ours, theirs).", nameof(pairs));

        return new(reference, [.. pairs.Select(pair => Comparison.Of(pair.Name, Entries.Of(pair.Name, pair.Ours), Entries.Of(pair.Name, pair.Theirs), tolerance))]);
    }
}
