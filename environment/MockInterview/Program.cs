using MockInterview.Commands;
using MockInterview.Terminals;
using NormLab.Interview;

namespace MockInterview;

public static class Program
{
    public static Task<int> Main(string[] args)
    {
        var console = Terminal.Open();
        var context = new CommandContext(
            console, Terminal.Answers(console), Console.Error, TimeProvider.System, QuestionBank.Load, () => InterviewHistory.OnDisk());
        return CommandLine.Run(args, context, CancellationToken.None);
    }
}
