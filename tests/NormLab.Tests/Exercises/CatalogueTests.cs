using System.Text.Json;
using NormLab.Exercises;

namespace NormLab.Tests.Exercises;

public class CatalogueTests
{
    public static TheoryData<string> Titles => [.. Exercise.All.Select(sheet => sheet.Title)];

    private static Misconception[] Misconceptions => [.. Exercise.All.SelectMany(sheet => sheet.Diagnoses).Distinct()];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Every_wrong_answer_that_has_a_name_is_told_from_all_others_and_the_solution_gives_the_same_twice(string title)
    {
        var sheet = Exercise.All.Single(sheet => sheet.Title == title);
        var right = sheet.Expected();
        Assert.Empty(Judge.Off(sheet.Expected(), right));
        Assert.Equal(3, sheet.Hints.Length);
        var known = sheet.Known();
        foreach (var (misconceptions, parts) in known)
        {
            Assert.NotEmpty(Judge.Off(parts, right));
            Assert.Equal(misconceptions.Select(misconception => misconception.Name), Judge.Findings(parts, right, known).Select(finding => finding.Name));
        }
    }

    [Fact]
    public void Misconceptions_have_names_of_their_own_and_there_are_many() =>
        Assert.InRange(Misconceptions.Select(misconception => misconception.Name).Distinct().Count(), Math.Max(40, Misconceptions.Length), int.MaxValue);

    [Fact]
    public void What_is_to_be_reread_is_a_section_of_a_notebook()
    {
        var folder = Path.Combine(Root(), "notebooks");
        var headings = Directory.GetFiles(folder, "*.ipynb").ToDictionary(path => Path.GetFileName(path)[..2], Headings);
        Assert.Empty(Misconceptions.Select(misconception => misconception.Reread)
            .Where(reading => !headings.TryGetValue(reading.Notebook, out var there) || !there.Contains(reading.Section)).Distinct());
    }

    [Fact]
    public void The_overview_has_a_row_for_every_exercise_that_the_catalogue_offers() =>
        Assert.Equal(typeof(Exercise).GetProperties().Count(property => property.PropertyType.IsSubclassOf(typeof(ExerciseSheet))), Exercise.Overview().Rows.Count);

    private static HashSet<string> Headings(string path) => [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cells").EnumerateArray()
        .Where(cell => cell.GetProperty("cell_type").GetString() == "markdown")
        .SelectMany(cell => cell.GetProperty("source").EnumerateArray()).Select(line => line.GetString()!)
        .Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim())];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NormNotebooks.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository, so its notebooks cannot be found.");
    }
}
