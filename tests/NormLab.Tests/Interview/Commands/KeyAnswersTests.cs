using System.Collections.Concurrent;
using MockInterview.Commands;
using MockInterview.Terminals;
using Spectre.Console;

namespace NormLab.Tests.Interview.Commands;

public sealed class KeyAnswersTests : IDisposable
{
    private readonly InterviewPlace place = new();
    private readonly StringWriter screen = new();

    public void Dispose()
    {
        place.Dispose();
        screen.Dispose();
    }

    [Fact]
    public async Task On_a_terminal_a_clock_runs_until_Enter_and_one_key_grades()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = 60;
        var keys = new ScriptedKeys("h\r3", () => place.Clock.Pass(TimeSpan.FromSeconds(70)));

        Assert.Equal(ExitCode.Success, await place.Run("practice --questions 1", console, new KeyAnswers(console, keys), TestContext.Current.CancellationToken));

        var shown = screen.ToString();
        Assert.Matches("0:00.* of 2:00   Enter ends the answer", shown);
        Assert.Contains("1:10", shown, StringComparison.Ordinal);
        Assert.Contains("You took 2:20", shown, StringComparison.Ordinal);
        Assert.Contains("Graded good", shown, StringComparison.Ordinal);
        Assert.Equal(140, place.History.Answers.Single().Seconds);
    }

    /// <summary>One key after the other, 300 ms apart while the clock runs, so that it is drawn between them.</summary>
    private sealed class ScriptedKeys(string keys, Action beforeKey) : IAnsiConsoleInput
    {
        private readonly ConcurrentQueue<char> left = new(keys);

        public bool IsKeyAvailable() => !left.IsEmpty;

        public ConsoleKeyInfo? ReadKey(bool intercept) => throw new NotSupportedException();

        public async Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken)
        {
            await Task.Delay(300, cancellationToken);
            Assert.True(left.TryDequeue(out var key));
            beforeKey();
            return new(key, key == '\r' ? ConsoleKey.Enter : default, shift: false, alt: false, control: false);
        }
    }
}
