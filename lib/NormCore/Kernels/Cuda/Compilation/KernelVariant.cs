namespace NormCore.Kernels;

/// <summary>One specialization of one kernel; equal where the texts are.</summary>
/// <param name="Family">The source file without its ending: rows_forward.</param>
/// <param name="Entry">The name of the function.</param>
/// <param name="Defines">The macros that specialize it, NAME=VALUE, sorted.</param>
internal sealed record KernelVariant(string Family, string Entry, string[] Defines)
{
    public bool Equals(KernelVariant? other) =>
        other is not null && Family == other.Family && Entry == other.Entry && Defines.AsSpan().SequenceEqual(other.Defines);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Family);
        hash.Add(Entry);
        foreach (var define in Defines) hash.Add(define);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{Entry} of {Family} ({string.Join(" ", Defines)})";
}
