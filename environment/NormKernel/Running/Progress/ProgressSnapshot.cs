namespace NormKernel.Running.Progress;

/// <summary>How far a run is at one moment.</summary>
/// <param name="Notebook">The notebook that runs now.</param>
/// <param name="Activity">What is going on in words: the notebook and the cell.</param>
/// <param name="Fraction">Between 0 and 1.</param>
/// <param name="Elapsed">Since the run began.</param>
/// <param name="Left">The time left, once there is something to judge it by.</param>
public sealed record ProgressSnapshot(string Notebook, string Activity, double Fraction, TimeSpan Elapsed, TimeSpan? Left)
{
    public string Times => Left is { } left ? $"{Clock(Elapsed)} elapsed, about {Clock(left)} left" : $"{Clock(Elapsed)} elapsed";

    private static string Clock(TimeSpan time) => $"{(int)time.TotalMinutes:00}:{time.Seconds:00}";
}
