using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public class NotebookMetadataTests
{
    [Fact]
    public void A_bare_notebook_gets_what_every_front_end_needs()
    {
        var notebook = NotebookText.Of("1");

        NotebookMetadata.Complete(notebook);

        var metadata = notebook.Json["metadata"]!;
        Assert.Equal(".net-csharp", metadata["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Equal("C#", metadata["kernelspec"]!["language"]!.GetValue<string>());
        Assert.Equal("C#", metadata["language_info"]!["name"]!.GetValue<string>());
        Assert.Equal("csharp", notebook.Cells[0].Json["metadata"]!["polyglot_notebook"]!["kernelName"]!.GetValue<string>());
    }

    [Fact]
    public void What_the_notebook_says_already_is_kept()
    {
        var notebook = NotebookText.Read("""{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"name": "other", "extra": 1}}}""");

        NotebookMetadata.Complete(notebook);

        Assert.Equal("other", notebook.Json["metadata"]!["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Equal(1, notebook.Json["metadata"]!["kernelspec"]!["extra"]!.GetValue<int>());
    }
}
