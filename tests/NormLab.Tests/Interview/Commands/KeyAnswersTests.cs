using System.Text;
using MockInterview.Commands;
using MockInterview.Terminals;
using Spectre.Console;

namespace NormLab.Tests.Interview.Commands;

public sealed class KeyAnswersTests : IDisposable
{
    private readonly InterviewPlace place = new();
    private readonly Screen screen = new();

    public void Dispose()
    {
        place.Dispose();
        screen.Dispose();
    }

    [Fact]
    public async Task On_a_terminal_a_clock_runs_until_Enter_and_one_key_grades()
    {
        var keys = new ScriptedKeys(this, ("0:00 of 2:00   Enter ends the answer", 'h'), ("1:10 of 2:00", '\r'), ("q ends the interview", '3'));

        Assert.Equal(ExitCode.Success, await Practise(keys, TestContext.Current.CancellationToken));

        Assert.Contains("You took 2:20", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("Graded good", screen.ToString(), StringComparison.Ordinal);
        Assert.Equal(140, place.History.Answers.Single().Seconds);
    }

    [Fact]
    public async Task Ctrl_C_while_the_clock_runs_wipes_it_and_ends_the_interview()
    {
        using var source = new CancellationTokenSource();
        source.CancelAfter(TimeSpan.FromMilliseconds(300));

        Assert.Equal(ExitCode.Interrupted, await Practise(new ScriptedKeys(this, ("what never appears", '\r')), source.Token));

        Assert.Matches(@"Enter ends the answer\r\e\[2K\ninterrupted", screen.ToString());
    }

    private Task<int> Practise(ScriptedKeys keys, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = 60;
        return place.Run("practice --questions 1", console, new KeyAnswers(console, keys), cancellationToken);
    }

    /// <summary>Presses each key once a text stands on the screen, 70 s after the one before.</summary>
    private sealed class ScriptedKeys(KeyAnswersTests test, params (string After, char Key)[] script) : IAnsiConsoleInput
    {
        private readonly Queue<(string After, char Key)> left = new(script);

        public bool IsKeyAvailable() => throw new NotSupportedException();

        public ConsoleKeyInfo? ReadKey(bool intercept) => throw new NotSupportedException();

        public async Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken)
        {
            var (after, key) = left.Dequeue();
            while (!test.screen.ToString().Contains(after, StringComparison.Ordinal))
                await Task.Delay(20, cancellationToken);
            test.place.Clock.Pass(TimeSpan.FromSeconds(70));
            return new(key, key == '\r' ? ConsoleKey.Enter : default, shift: false, alt: false, control: false);
        }
    }

    /// <summary>What was printed, readable while it is printed to.</summary>
    private sealed class Screen : TextWriter
    {
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text)
                text.Append(value);
        }

        public override string ToString()
        {
            lock (text)
                return text.ToString();
        }
    }
}
