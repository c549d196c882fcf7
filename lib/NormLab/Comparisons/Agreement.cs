namespace NormLab.Comparisons;

/// <summary>How far two sets of numbers agree.</summary>
public enum Agreement
{
    /// <summary>Bit by bit.</summary>
    Exact,

    /// <summary>Within the tolerance.</summary>
    Close,

    /// <summary>Not within the tolerance, of another shape, or not a number.</summary>
    Off,
}
