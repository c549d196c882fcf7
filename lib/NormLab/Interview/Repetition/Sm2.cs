namespace NormLab.Interview;

/// <summary>What the algorithm SM-2 of spaced repetition knows of one question.</summary>
/// <param name="Repetitions">How often in a row it was answered.</param>
/// <param name="IntervalDays">The days from the last answer to the next.</param>
/// <param name="Easiness">The E-factor, at least 1.3: by how much intervals grow.</param>
/// <remarks>
/// Wozniak, Optimization of learning (master's thesis, University of Technology in Poznan, 1990), section 3.2: I(1) = 1,
/// I(2) = 6, I(n) = I(n − 1)·EF rounded up, with EF ← max(1.3, EF + 0.1 − (5 − q)(0.08 + (5 − q)·0.02)) for answers of quality
/// q ≥ 3; below 3 the repetitions start again and EF stays. The thesis grades from 0 to 5: here again is 2, hard 3, good 4 and
/// easy 5. Its last step, to repeat on the same day whatever was graded below 4, is left out: an interview asks a question once.
/// </remarks>
public readonly record struct Sm2(int Repetitions, int IntervalDays, decimal Easiness)
{
    private const decimal LeastEasiness = 1.3m;
    private const int LowestPass = 3;

    // A century: it is never asked again, and the date still exists.
    private const int LongestInterval = 36_500;

    /// <summary>A question that was never answered.</summary>
    public static Sm2 New { get; } = new(0, 0, 2.5m);

    /// <summary>The state after one more answer.</summary>
    public Sm2 After(SelfGrade grade)
    {
        var quality = Quality(grade);
        if (quality < LowestPass)
            return new(0, 1, Easiness);

        var easiness = Math.Max(LeastEasiness, Easiness + 0.1m - (5 - quality) * (0.08m + (5 - quality) * 0.02m));
        var interval = Repetitions switch
        {
            0 => 1,
            1 => 6,
            _ => (int)Math.Min(LongestInterval, Math.Ceiling(IntervalDays * easiness)),
        };
        return new(Repetitions + 1, interval, easiness);
    }

    private static int Quality(SelfGrade grade) => grade switch
    {
        SelfGrade.Again => 2,
        SelfGrade.Hard => 3,
        SelfGrade.Good => 4,
        SelfGrade.Easy => 5,
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "A grade is Again, Hard, Good or Easy."),
    };
}
