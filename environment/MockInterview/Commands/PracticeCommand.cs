using System.CommandLine;
using System.Globalization;
using MockInterview.Practice;
using NormLab.Interview;

namespace MockInterview.Commands;

/// <summary><c>practice</c>: holds an interview.</summary>
public sealed class PracticeCommand(CommandContext context)
{
    public Command Create()
    {
        var questions = new Option<int>("--questions")
        {
            Description = "How many questions.",
            HelpName = "number",
            DefaultValueFactory = _ => 3,
        };
        var depth = new Option<string>("--depth")
        {
            Description = "How long the answers are to be.",
            DefaultValueFactory = _ => "2min",
        };
        depth.AcceptOnlyFromAmong("30s", "2min", "whiteboard");
        var level = new Option<string?>("--level") { Description = "Asks questions of this level only." };
        level.AcceptOnlyFromAmong([.. Enum.GetValues<QuestionLevel>().Select(value => value.Name())]);
        var topic = new Option<string?>("--topic") { Description = "Asks the question of this topic; `due` lists them.", HelpName = "topic" };
        var minutes = new Option<double?>("--minutes") { Description = "Asks no further question once so many minutes are over.", HelpName = "number" };
        var seed = new Option<int?>("--seed") { Description = "Decides among equals, so that the same questions come again.", HelpName = "number" };
        Positive(questions);
        Positive(minutes);

        var command = new Command("practice", """
            Asks questions: those that are due, the weakest first, then new ones. Enter ends an answer; then come the answer
            to compare with, what is popular but wrong, and the rubric by which you grade yourself.

            Example: practice --questions 5 --depth 30s --level core
            """)
        { questions, depth, level, topic, minutes, seed };
        command.SetAction((arguments, cancellationToken) =>
        {
            var history = context.OpenHistory();
            var rehearsal = Rehearsal.Start(
                arguments.GetValue(questions),
                arguments.GetValue(seed),
                DepthOf(arguments.GetValue(depth)!),
                arguments.GetValue(level) is { } name ? QuestionLevels.Find(name) : null,
                arguments.GetValue(topic),
                history,
                context.OpenBank(),
                context.Clock);
            var limit = arguments.GetValue(minutes) is { } number ? TimeSpan.FromMinutes(number) : (TimeSpan?)null;
            return new InterviewFlow(context, rehearsal, history.Path, limit).Run(cancellationToken);
        });
        return command;
    }

    private static AnswerDepth DepthOf(string name) => name switch
    {
        "30s" => AnswerDepth.ThirtySeconds,
        "2min" => AnswerDepth.TwoMinutes,
        _ => AnswerDepth.Whiteboard,
    };

    /// <summary>What is no number at all is refused by the parser.</summary>
    private static void Positive(Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is not (> 0 and < 10_000))
                result.AddError($"{option.Name} {token.Value} makes no interview: it is a number above 0 and below 10000.");
        }
    });
}
