namespace NormLab.Claims;

/// <summary>What kind of evidence a claim rests on.</summary>
public enum ClaimKind
{
    /// <summary>True to rounding: algebra, checked in floating point.</summary>
    Identity,

    /// <summary>A number that theory predicts, checked within a derived tolerance.</summary>
    Numerical,

    /// <summary>A difference between trained networks or samples: at least five paired seeds and an interval.</summary>
    Empirical,
}
