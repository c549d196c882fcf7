using System.Collections.Immutable;

namespace NormLab.Exercises;

/// <summary>An exercise that checks answers by what they do.</summary>
/// <typeparam name="TAnswer">The delegate that the reader's function fits.</typeparam>
public sealed record Exercise<TAnswer> : ExerciseSheet
    where TAnswer : Delegate
{
    private ImmutableArray<(ImmutableArray<Misconception>, ImmutableArray<Part>)>? known;

    /// <inheritdoc/>
    public override ImmutableArray<Misconception> Diagnoses => [.. Suspects.SelectMany(suspect => suspect.Misconceptions).Distinct()];

    /// <summary>Runs an answer on inputs of its own and takes what it does; every call gets new inputs.</summary>
    // An internal member cannot be required; the tests answer every exercise.
    internal Action<TAnswer, Trial> Observe { get; init; } = null!;

    /// <summary>A right answer.</summary>
    internal TAnswer Solution { get; init; } = null!;

    /// <summary>Wrong answers that have a name, the more telling one first where two fit.</summary>
    internal ImmutableArray<Suspect<TAnswer>> Suspects { get; init; } = [];

    /// <summary>Runs the answer and says that it is correct, or what is right already and which misconception explains the rest.</summary>
    /// <param name="answer">Your function. It may throw: the result then shows the message.</param>
    public ExerciseResult Check(TAnswer answer)
    {
        if (answer is null)
            return Refused("Check was given null; it needs your function, such as Check(Normalize).");
        ImmutableArray<Part> parts;
        try
        {
            parts = Trial.Of(Observe, answer);
        }
        catch (Exception error) when (error is NotAnsweredException or NotImplementedException)
        {
            return new(Title, Standing.Open, [], []);
        }
        catch (RefusedAnswerException error)
        {
            return Refused(error.Message);
        }
        catch (Exception error)
        {
            // libtorch appends a stack of native frames.
            return Refused($"Your code threw {error.GetType().Name}: {error.Message.Split('\n')[0].Trim()}");
        }

        return Judged(parts);
    }

    internal override ImmutableArray<Part> Expected() => Trial.Of(Observe, Solution);

    internal override ImmutableArray<(ImmutableArray<Misconception> Misconceptions, ImmutableArray<Part> Parts)> Known() =>
        known ??= [.. Suspects.Select(suspect => (suspect.Misconceptions, Trial.Of(Observe, suspect.Answer)))];

    private ExerciseResult Judged(ImmutableArray<Part> parts)
    {
        var right = Expected();
        var off = Judge.Off(parts, right);
        string[] good = [.. parts.Where((_, index) => !off.Contains(index)).Select(part => part.Name)];
        return off.Count == 0
            ? new(Title, Standing.Correct, [.. good], [])
            : new(Title, Standing.Wrong, [.. good], Judge.Findings(parts, right, Known()));
    }

    private ExerciseResult Refused(string text) => new(Title, Standing.Wrong, [], [Finding.Refused(text)]);
}
