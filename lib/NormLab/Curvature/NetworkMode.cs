namespace NormLab.Curvature;

/// <summary>Which of a network's two functions is measured. With batch norm they are different functions of the same weights.</summary>
public enum NetworkMode
{
    /// <summary>Statistics of the batch, through which derivatives flow.</summary>
    Training,

    /// <summary>Running statistics, which are constants.</summary>
    Evaluation,
}
