using System.Text;
using Spectre.Console;

namespace MockInterview.Terminals;

/// <summary>The console that the program prints to, and what reads what is typed there.</summary>
public static class Terminal
{
    // Spectre breaks lines at the width; in a log they must stay whole.
    private const int WidthOfLogs = 1000;

    public static IAnsiConsole Open()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return Console.IsOutputRedirected ? ForLog(Console.Out) : AnsiConsole.Console;
    }

    /// <summary>Keys and a running clock on a terminal that can move its cursor; else lines.</summary>
    public static IAnswers Answers(IAnsiConsole console) =>
        !Console.IsInputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new KeyAnswers(console, console.Input)
            : new LineAnswers(Console.In, console);

    /// <summary>Plain lines without control characters, whatever the environment claims to understand.</summary>
    public static IAnsiConsole ForLog(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = WidthOfLogs;
        return console;
    }
}
