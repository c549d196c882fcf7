using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public sealed class NotebookFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_paths_the_repository_is_found_upwards_and_its_notebooks_come_in_ordinal_order()
    {
        File.WriteAllText(folder["Some.sln"], "");
        foreach (var name in new[] { "b", "B", "a", "10", "9" })
            NotebookText.WriteFile(folder["notebooks", $"{name}.ipynb"], "1");
        var deepInside = Directory.CreateDirectory(folder["lib", "inside"]).FullName;

        var found = NotebookFiles.Find([], deepInside);

        Assert.Equal(["10", "9", "B", "a", "b"], found.Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void A_path_may_be_a_file_or_a_folder_and_none_comes_twice()
    {
        NotebookText.WriteFile(folder["more", "a.ipynb"], "1");
        NotebookText.WriteFile(folder["more", "b.ipynb"], "1");

        var found = NotebookFiles.Find([Path.Combine("more", "b.ipynb"), "more"], folder.Path);

        Assert.Equal([folder["more", "b.ipynb"], folder["more", "a.ipynb"]], found);
    }

    [Fact]
    public void A_missing_path_an_empty_folder_and_a_missing_repository_are_told_apart()
    {
        Directory.CreateDirectory(folder["empty"]);

        Assert.Equal("nowhere: there is no such file or folder", ProblemOf("nowhere"));
        Assert.Equal("empty: the folder holds no notebook (*.ipynb)", ProblemOf("empty"));
        Assert.StartsWith("no repository (a folder with a .sln file) at or above", ProblemOf(), StringComparison.Ordinal);
    }

    private string ProblemOf(params string[] paths) =>
        Assert.Throws<NotebookPathException>(() => NotebookFiles.Find(paths, folder.Path)).Message;
}
