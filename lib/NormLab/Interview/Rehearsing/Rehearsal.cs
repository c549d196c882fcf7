namespace NormLab.Interview;

/// <summary>A mock interview: <see cref="Ask"/> a question, answer aloud, <see cref="Reveal"/> what to say, <see cref="Grade"/> oneself, and so on.</summary>
public sealed class Rehearsal
{
    private readonly IReadOnlyList<InterviewQuestion> drawn;
    private readonly HashSet<string> topics;
    private readonly InterviewHistory history;
    private readonly TimeProvider clock;
    private readonly List<GradeReceipt> graded = [];
    private long? started;
    private TimeSpan? used;

    private Rehearsal(IReadOnlyList<InterviewQuestion> drawn, QuestionBank bank, InterviewHistory history, AnswerDepth depth, TimeProvider clock)
    {
        (this.drawn, this.history, Depth, this.clock) = (drawn, history, depth, clock);
        topics = [.. bank.Questions.Select(question => question.Topic)];
    }

    /// <summary>How long the answers are to be.</summary>
    public AnswerDepth Depth { get; }

    /// <summary>Whether every question has been graded.</summary>
    public bool IsOver => graded.Count == drawn.Count;

    /// <summary>The time since the question was asked.</summary>
    public TimeSpan Elapsed => used ?? (started is { } start ? clock.GetElapsedTime(start) : TimeSpan.Zero);

    /// <summary>Draws the questions of an interview: due ones first, the weakest of them before the others, then new ones.</summary>
    /// <param name="questions">How many to ask; fewer where there are fewer.</param>
    /// <param name="seed">What decides among equals; null draws differently each time.</param>
    /// <param name="depth">How long the answers are to be.</param>
    /// <param name="level">Asks questions of one level only.</param>
    /// <param name="topic">Asks the question of one topic only.</param>
    /// <param name="history">Where grades are kept; null takes this user's file.</param>
    /// <param name="bank">The questions; null takes those of the interview notebook.</param>
    /// <param name="clock">What tells the time; null takes the machine's clock.</param>
    /// <exception cref="ArgumentException">No question is wanted, or none has the level and topic.</exception>
    /// <exception cref="InvalidDataException">The notebook or the history cannot be used; the message says why.</exception>
    public static Rehearsal Start(
        int questions = 3,
        int? seed = null,
        AnswerDepth depth = AnswerDepth.TwoMinutes,
        QuestionLevel? level = null,
        string? topic = null,
        InterviewHistory? history = null,
        QuestionBank? bank = null,
        TimeProvider? clock = null)
    {
        if (questions < 1)
            throw new ArgumentOutOfRangeException(nameof(questions), questions, "An interview has at least one question.");

        bank ??= QuestionBank.Load();
        history ??= InterviewHistory.OnDisk();
        clock ??= TimeProvider.System;
        var drawn = QuestionDraw.From(
            bank.Select(level, topic), TopicProgress.Of(history.Answers), Today(clock), questions, seed ?? Random.Shared.Next());
        return new(drawn, bank, history, depth, clock);
    }

    /// <summary>The next question; starts the clock, or starts it again where the question was asked and not yet graded.</summary>
    /// <exception cref="InvalidOperationException">Every question has been asked.</exception>
    public AskedQuestion Ask()
    {
        if (IsOver)
            throw new InvalidOperationException($"All {Wording.Count(drawn.Count, "question")} of this interview have been graded: Summary() tells how it went, Rehearsal.Start() begins another.");

        var question = drawn[graded.Count];
        (started, used) = (clock.GetTimestamp(), null);
        return new(question, graded.Count + 1, drawn.Count, Depth, TopicProgress.Of(history.Answers).GetValueOrDefault(question.Topic), Today(clock));
    }

    /// <summary>Stops the clock and shows the answer, what is popular but wrong, and the rubric.</summary>
    /// <exception cref="InvalidOperationException">No question is open.</exception>
    public RevealedAnswer Reveal()
    {
        if (started is null)
            throw new InvalidOperationException("No question is open, so there is nothing to reveal: Ask() comes first.");

        used ??= Elapsed;
        return new(drawn[graded.Count], Depth, used.Value);
    }

    /// <summary>Grades the answer and adds it to the history.</summary>
    /// <exception cref="InvalidOperationException">The answer was not revealed.</exception>
    /// <exception cref="IOException">The history could not be written; the question is still open.</exception>
    public GradeReceipt Grade(SelfGrade grade)
    {
        if (used is not { } time)
            throw new InvalidOperationException("The rubric has not been shown, so there is nothing to grade by: Ask(), then Reveal(), then Grade().");
        if (!Enum.IsDefined(grade))
            throw new ArgumentOutOfRangeException(nameof(grade), grade, "A grade is Again, Hard, Good or Easy.");

        var question = drawn[graded.Count];
        var now = clock.GetLocalNow();
        var answer = new GradedAnswer(question.Topic, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), Depth, (int)time.TotalSeconds, grade);
        history.Add(answer);
        (started, used) = (null, null);
        graded.Add(new(question, answer, TopicProgress.Of(history.Answers)[question.Topic]));
        return graded[^1];
    }

    /// <summary>How it went so far, and what is due next.</summary>
    public InterviewSummary Summary() =>
        new([.. graded], drawn.Count, [.. TopicProgress.Of(history.Answers).Values.Where(progress => topics.Contains(progress.Topic))], Today(clock));

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
}
