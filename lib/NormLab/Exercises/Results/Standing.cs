namespace NormLab.Exercises;

/// <summary>How far an exercise is.</summary>
public enum Standing
{
    /// <summary>There is no answer yet.</summary>
    Open,

    /// <summary>Something is not right.</summary>
    Wrong,

    /// <summary>Everything is right.</summary>
    Correct,
}
