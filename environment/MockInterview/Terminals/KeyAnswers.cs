using NormLab.Interview;
using Spectre.Console;

namespace MockInterview.Terminals;

/// <summary>Answers as keys of a terminal, with a clock that runs in place.</summary>
public sealed class KeyAnswers(IAnsiConsole console, IAnsiConsoleInput input) : IAnswers
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);
    private static readonly ControlCode ClearLine = new("\r\e[2K");

    public async Task<bool> WaitForEnter(Func<TimeSpan> clock, TimeSpan goal, CancellationToken cancellationToken)
    {
        var enter = ReadEnter(cancellationToken);
        try
        {
            while (!enter.IsCompleted)
            {
                Show(clock(), goal);
                await Task.WhenAny(enter, Task.Delay(Refresh, cancellationToken));
            }
        }
        finally
        {
            console.Write(ClearLine);
        }

        await enter;
        return true;
    }

    public async Task<char?> Read(CancellationToken cancellationToken)
    {
        var key = await ReadKey(cancellationToken);
        var letter = char.IsControl(key.KeyChar) ? ' ' : key.KeyChar;
        console.WriteLine(letter.ToString());
        return letter;
    }

    private void Show(TimeSpan used, TimeSpan goal)
    {
        var color = used <= goal ? Color.Green : Color.Yellow;
        console.Write(ClearLine);
        console.Write(new Text($"  {Wording.Clock(used)}", new Style(color)));
        console.Write(new Text($" of {Wording.Clock(goal)}   Enter ends the answer"));
    }

    private async Task ReadEnter(CancellationToken cancellationToken)
    {
        while ((await ReadKey(cancellationToken)).Key != ConsoleKey.Enter)
        {
        }
    }

    private async Task<ConsoleKeyInfo> ReadKey(CancellationToken cancellationToken)
    {
        var key = await input.ReadKeyAsync(intercept: true, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return key!.Value;
    }
}
