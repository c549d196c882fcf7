using System.Text;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public class NotebookWriterTests
{
    // notebook.out.json: what nbformat.write makes of notebook.in.json, with its rules for splitting text into lines.
    [Fact]
    public void A_notebook_is_written_with_the_bytes_of_nbformat()
    {
        var notebook = Notebook.Load(Fixture.PathOf("notebook.in.json"));

        Assert.Equal(File.ReadAllText(Fixture.PathOf("notebook.out.json")), Encoding.UTF8.GetString(NotebookWriter.Bytes(notebook)));
    }

    [Fact]
    public void Writing_what_was_written_changes_no_byte()
    {
        var bytes = File.ReadAllBytes(Fixture.PathOf("notebook.out.json"));

        Assert.Equal(bytes, NotebookWriter.Bytes(NotebookReader.Parse(bytes, "")));
    }

    [Fact]
    public void Cells_without_an_id_get_the_same_one_each_time_and_no_two_the_same()
    {
        const string json = """
            {"nbformat": 4, "nbformat_minor": 2, "cells": [
              {"cell_type": "code", "source": "x"}, {"cell_type": "code", "source": "x"}, {"cell_type": "markdown", "source": "x"},
              {"cell_type": "code", "source": "y", "id": "kept"}, {"cell_type": "code", "source": "z", "id": "kept"},
              {"cell_type": "code", "source": "w", "id": "not allowed!"}]}
            """;

        var first = NotebookReader.Parse(NotebookWriter.Bytes(NotebookText.Read(json)), "");
        var second = NotebookReader.Parse(NotebookWriter.Bytes(NotebookText.Read(json)), "");

        var ids = first.Cells.Select(cell => cell.Id).ToList();
        Assert.Equal(ids, second.Cells.Select(cell => cell.Id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", id));
        Assert.Equal("kept", ids[3]);
        Assert.Equal(5, first.Json["nbformat_minor"]!.GetValue<int>());
    }

    [Fact]
    public void Fields_that_this_program_does_not_know_survive()
    {
        const string json = """
            {"nbformat": 4, "nbformat_minor": 5, "custom": [1], "metadata": {"a": {"b": 1}},
             "cells": [{"cell_type": "code", "id": "i", "source": "", "metadata": {"tags": ["t"]}, "outputs": [], "execution_count": null, "extra": 1}]}
            """;

        var written = NotebookReader.Parse(NotebookWriter.Bytes(NotebookText.Read(json)), "");

        Assert.Equal(1, written.Json["metadata"]!["a"]!["b"]!.GetValue<int>());
        Assert.Equal(1, written.Json["custom"]![0]!.GetValue<int>());
        Assert.Equal("t", written.Cells[0].Json["metadata"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal(1, written.Cells[0].Json["extra"]!.GetValue<int>());
    }

    [Fact]
    public void A_file_that_already_has_the_bytes_is_not_touched()
    {
        using var folder = new TempFolder();
        var path = NotebookText.WriteFile(folder["a.ipynb"], "1");
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, longAgo);

        Assert.False(NotebookWriter.Write(Notebook.Load(path), path));
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(path));
        Assert.True(NotebookWriter.Write(NotebookText.Of("2"), path));
    }
}
