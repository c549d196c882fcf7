using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>All claims of a notebook in one table. It is built from the results, never written by hand.</summary>
public static class Scoreboard
{
    /// <summary>One row per claim, in the given order.</summary>
    /// <exception cref="ArgumentException">Two claims share an id.</exception>
    public static Table Of(params ClaimResult[] results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.GroupBy(result => result.Claim.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The id '{twice.Key}' is used by {twice.Count()} claims; a failed run names claims by their id, so each needs its own.", nameof(results));

        return Table.Of(results,
            ("claim", result => result.Claim.Id),
            ("kind", result => result.Kind),
            ("statement", result => result.Claim.Statement),
            ("evidence", result => result.Evidence),
            ("verdict", result => ClaimResult.Name(result.Verdict)),
            ("prose agrees", result => result.Passed));
    }
}
