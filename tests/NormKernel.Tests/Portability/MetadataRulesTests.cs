using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Portability;
using NormKernel.Tests.Notebooks;

namespace NormKernel.Tests.Portability;

public class MetadataRulesTests
{
    [Fact]
    public void Metadata_as_a_run_writes_it_passes() => Assert.Empty(MetadataRules.Find(Complete(), "a.ipynb"));

    [Theory]
    [InlineData("name", "python3", "the kernel's name is \"python3\"")]
    [InlineData("language", "F#", "the kernel's language is \"F#\"")]
    [InlineData("language", null, "the kernel's language is missing")]
    public void Another_kernel_is_found(string field, string? value, string rule)
    {
        var notebook = Complete();
        notebook.Json["metadata"]!["kernelspec"]![field] = value;

        Assert.Equal(rule, Assert.Single(MetadataRules.Find(notebook, "a.ipynb")).Rule);
    }

    [Fact]
    public void Another_default_kernel_is_found()
    {
        var notebook = Complete();
        notebook.Json["metadata"]!["polyglot_notebook"]!["kernelInfo"]!["defaultKernelName"] = "fsharp";

        Assert.Equal("the default kernel is \"fsharp\"", Assert.Single(MetadataRules.Find(notebook, "a.ipynb")).Rule);
    }

    [Fact]
    public void A_cell_of_another_kernel_or_of_none_is_found()
    {
        var notebook = Complete();
        notebook.Cells[0].Json["metadata"]!["polyglot_notebook"]!["kernelName"] = "fsharp";
        notebook.Cells[1].Json["metadata"] = new JsonObject();

        var findings = MetadataRules.Find(notebook, "a.ipynb").ToList();

        Assert.Equal(["the cell's kernel is \"fsharp\"", "the cell's kernel is missing"], findings.Select(finding => finding.Rule));
        Assert.Equal([new Place(1), new Place(2)], findings.Select(finding => finding.Place));
    }

    private static Notebook Complete()
    {
        var notebook = NotebookText.Of("1", "2");
        NotebookMetadata.Complete(notebook);
        return notebook;
    }
}
