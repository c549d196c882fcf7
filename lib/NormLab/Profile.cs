namespace NormLab;

/// <summary>How much a notebook computes.</summary>
public enum Profile
{
    /// <summary>Minutes on a laptop.</summary>
    Default,

    /// <summary>The sizes of a write-up; better with a GPU.</summary>
    Full,
}
