namespace MockInterview.Terminals;

/// <summary>What the person types.</summary>
public interface IAnswers
{
    /// <summary>Waits until Enter ends the spoken answer.</summary>
    /// <param name="clock">The time used so far, for a clock to show.</param>
    /// <param name="goal">The time within which to answer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False where the input has ended.</returns>
    Task<bool> WaitForEnter(Func<TimeSpan> clock, TimeSpan goal, CancellationToken cancellationToken);

    /// <summary>The answer to a short question: one character, a space for none, or null where the input has ended.</summary>
    Task<char?> Read(CancellationToken cancellationToken);
}
