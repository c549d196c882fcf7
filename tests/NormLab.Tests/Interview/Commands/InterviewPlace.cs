using MockInterview.Commands;
using MockInterview.Terminals;
using NormLab.Interview;
using Spectre.Console;

namespace NormLab.Tests.Interview.Commands;

/// <summary>The program with typed lines from a string, a clock that passes 95 s with each line, and a history in a temporary file.</summary>
public sealed class InterviewPlace : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public PretendClock Clock { get; } = PretendClock.NoonOf(2026, 3, 1);

    public Func<QuestionBank> OpenBank { get; set; } = SampleQuestions.Bank;

    public string HistoryFile => Path.Combine(folder.Path, "interview.json");

    public InterviewHistory History => InterviewHistory.OnDisk(HistoryFile);

    public string Output => output.ToString().ReplaceLineEndings("\n");

    public string Error => error.ToString();

    public Task<int> Run(string arguments, string typed = "") => Run(arguments, new TypedLines(typed, Clock), TestContext.Current.CancellationToken);

    public Task<int> Run(string arguments, TextReader typed, CancellationToken cancellationToken)
    {
        var console = Terminal.ForLog(output);
        return Run(arguments, console, new LineAnswers(typed, console), cancellationToken);
    }

    public Task<int> Run(string arguments, IAnsiConsole console, IAnswers answers, CancellationToken cancellationToken) => CommandLine.Run(
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        new CommandContext(console, answers, error, Clock, OpenBank, () => InterviewHistory.OnDisk(HistoryFile)),
        cancellationToken);

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    private sealed class TypedLines(string text, PretendClock clock) : StringReader(text)
    {
        public override string? ReadLine()
        {
            clock.Pass(TimeSpan.FromSeconds(95));
            return base.ReadLine();
        }
    }
}
