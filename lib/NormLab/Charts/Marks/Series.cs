namespace NormLab.Charts;

/// <summary>Checks what is given to be drawn.</summary>
internal static class Series
{
    public static void SameLength(string name, params (string What, int Count)[] parts)
    {
        if (parts.Select(part => part.Count).Distinct().Count() > 1)
            throw new ArgumentException($"'{name}' cannot be drawn: {string.Join(", ", parts.Select(part => $"{part.Count} values of {part.What}"))}; each point needs one of each.");
        if (parts[0].Count == 0)
            throw new ArgumentException($"'{name}' cannot be drawn: it has no points.");
    }
}
