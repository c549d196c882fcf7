using System.Collections.Immutable;
using NormLab.Rendering;

namespace NormLab.Exercises;

/// <summary>An exercise as it is before any answer: what is to be written, and what it trains.</summary>
public abstract record ExerciseSheet : RichValue
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be written, with the shapes.</summary>
    public required string Statement { get; init; }

    /// <summary>1 for a few lines, 2 for a derivation, 3 for judgement.</summary>
    public required int Difficulty { get; init; }

    /// <summary>What one knows afterwards.</summary>
    public required string Trains { get; init; }

    /// <summary>Three hints, each saying more than the one before.</summary>
    public required ImmutableArray<string> Hints { get; init; }

    /// <summary>The misconceptions that the check can name.</summary>
    public abstract ImmutableArray<Misconception> Diagnoses { get; }

    /// <summary>What the solution shows.</summary>
    internal abstract ImmutableArray<Part> Expected();

    /// <summary>What each wrong answer that has a name shows.</summary>
    internal abstract ImmutableArray<(ImmutableArray<Misconception> Misconceptions, ImmutableArray<Part> Parts)> Known();

    /// <summary>One of the three hints.</summary>
    /// <param name="step">1 for a nudge, 2 for the way, 3 for nearly all.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hint.</exception>
    public HintText Hint(int step) => step >= 1 && step <= Hints.Length
        ? new($"{Title}, hint {step} of {Hints.Length}", Hints[step - 1])
        : throw new ArgumentOutOfRangeException(nameof(step), step, $"There are {Hints.Length} hints: Hint(1) is a nudge, Hint({Hints.Length}) says nearly all.");

    /// <summary>The difficulty as dots.</summary>
    public string Dots => new string('●', Difficulty) + new string('○', 3 - Difficulty);

    private HintText Text => new($"{Title} {Dots}", $"{Statement} It trains: {Trains}.");

    /// <inheritdoc/>
    public sealed override string ToText() => Text.ToText();

    /// <inheritdoc/>
    public sealed override string ToHtml() => Text.ToHtml();

    /// <inheritdoc/>
    public sealed override string? ToMime(string mimeType) => Text.ToMime(mimeType);
}
