using Spectre.Console;

namespace MockInterview.Terminals;

/// <summary>Answers as lines of a file, a pipe, or a terminal without a cursor to move.</summary>
public sealed class LineAnswers(TextReader input, IAnsiConsole console) : IAnswers
{
    public async Task<bool> WaitForEnter(Func<TimeSpan> clock, TimeSpan goal, CancellationToken cancellationToken) =>
        await ReadLine(cancellationToken) is not null;

    public async Task<char?> Read(CancellationToken cancellationToken)
    {
        var line = await ReadLine(cancellationToken);
        console.WriteLine();
        return line is null ? null : line.Trim() is [var first, ..] ? first : ' ';
    }

    /// <summary>On a thread of its own, because the console's reader waits where it is called, even for Ctrl-C.</summary>
    private Task<string?> ReadLine(CancellationToken cancellationToken) =>
        Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
}
