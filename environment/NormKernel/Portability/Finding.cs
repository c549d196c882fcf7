namespace NormKernel.Portability;

/// <summary>Something in a notebook that does not work in every front end.</summary>
/// <param name="Path">The notebook's file.</param>
/// <param name="Place">The place in it; the whole notebook where that is null.</param>
/// <param name="Rule">A short name of what was broken.</param>
/// <param name="RejectedBy">The front ends in which it fails.</param>
/// <param name="Reason">What happens there.</param>
/// <param name="Fix">What to write in its place.</param>
public sealed record Finding(string Path, Place? Place, string Rule, string RejectedBy, string Reason, string Fix)
{
    public override string ToString()
    {
        var place = Place is null ? "" : $", {Place}";
        return $"{Path}{place}: {Rule} (fails in {RejectedBy})\n    why: {Reason}\n    fix: {Fix}";
    }
}
