using NormLab.Data;

namespace NormLab.Interview;

/// <summary>The questions of a notebook.</summary>
public sealed class QuestionBank
{
    private const string Notebook = "12-*.ipynb";

    private QuestionBank(IReadOnlyList<InterviewQuestion> questions) => Questions = questions;

    /// <summary>The questions, in the order of the notebook.</summary>
    public IReadOnlyList<InterviewQuestion> Questions { get; }

    /// <summary>Reads the questions of the interview notebook of the repository around the working folder.</summary>
    /// <exception cref="FileNotFoundException">The working folder is in no repository that has the notebook.</exception>
    /// <exception cref="InvalidDataException">A question is not complete; the message names the cell and what it lacks.</exception>
    public static QuestionBank Load()
    {
        var folder = DataFolders.Repository is { } repository ? Path.Combine(repository, "notebooks") : null;
        if (folder is null || !Directory.Exists(folder))
            throw new FileNotFoundException($"The questions are in notebook 12 of this collection, and {Environment.CurrentDirectory} is not inside its repository (the folder with NormNotebooks.sln): start from there.");

        return Directory.GetFiles(folder, Notebook) is [var path]
            ? Load(path)
            : throw new FileNotFoundException($"The questions are in notebook 12, and {folder} has not exactly one file {Notebook}.");
    }

    /// <summary>Reads the questions of one notebook.</summary>
    /// <param name="path">The notebook's file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A question is not complete; the message names the cell and what it lacks.</exception>
    public static QuestionBank Load(string path)
    {
        var questions = new List<InterviewQuestion>();
        var problems = new List<string>();
        foreach (var (number, text) in NotebookCells.Markdown(path))
        {
            var cell = new QuestionCell(text);
            if (!cell.IsQuestion)
                continue;
            if (cell.Problems() is { Count: > 0 } found)
                problems.Add($"cell {number}, \"{cell.Heading}\": {string.Join("; ", found)}");
            else
                questions.Add(cell.ToQuestion());
        }

        foreach (var twins in questions.GroupBy(question => question.Topic).Where(group => group.Count() > 1))
            problems.Add($"the topic {twins.Key} belongs to questions {string.Join(" and ", twins.Select(twin => twin.Number))}, and the history tells questions apart by topic");
        if (questions.Count + problems.Count == 0)
            problems.Add("no cell is a question: a markdown cell that starts with a numbered heading like \"## 4. Does it help?\"");
        return problems.Count == 0
            ? new(questions)
            : throw new InvalidDataException($"{path} cannot be used for an interview:\n  {string.Join("\n  ", problems)}");
    }

    /// <summary>The questions of one level, of one topic, or both; null leaves a choice open.</summary>
    /// <exception cref="ArgumentException">There is no such question.</exception>
    public IReadOnlyList<InterviewQuestion> Select(QuestionLevel? level, string? topic)
    {
        var chosen = Questions.Where(question => (level ?? question.Level) == question.Level && (topic ?? question.Topic) == question.Topic).ToList();
        if (chosen.Count > 0)
            return chosen;

        var wanted = string.Join(" and ", new[] { topic is null ? null : $"the topic {topic}", level is { } l ? $"the level {l.Name()}" : null }.OfType<string>());
        throw new ArgumentException($"No question has {wanted}. There are {string.Join(", ", Questions.Select(question => $"{question.Topic} ({question.Level.Name()})"))}.");
    }
}
