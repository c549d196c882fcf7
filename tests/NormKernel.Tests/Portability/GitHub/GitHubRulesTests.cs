using System.Text.Json.Nodes;
using NormKernel.Portability.Code;
using NormKernel.Portability.GitHub;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pictures;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Portability.GitHub;

public class GitHubRulesTests
{
    [Fact]
    public void A_chart_without_a_picture_is_found()
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.Chart("Loss")).Build();

        var finding = Assert.Single(PictureRules.Find(notebook, "a.ipynb"));

        Assert.Equal(("a chart without a picture", 1), (finding.Rule, finding.Place?.Cell));
    }

    [Fact]
    public void A_picture_passes_once_it_is_described_by_the_title_of_its_chart()
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.ChartWithPicture("Loss", "picture")).Build();
        Assert.Equal("a picture without alternative text", Assert.Single(PictureRules.Find(notebook, "a.ipynb")).Rule);

        PictureDescriptions.Add(notebook);

        Assert.Empty(PictureRules.Find(notebook, "a.ipynb"));
        Assert.Equal("Loss", (string?)notebook.Cells[0].Outputs[0]!["metadata"]![Mime.Png]!["alt"]);
    }

    [Fact]
    public void A_picture_that_is_no_chart_is_described_by_its_text()
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.Display((Mime.Png, "picture"), (Mime.Text, "pictures: four digits"))).Build();

        PictureDescriptions.Add(notebook);

        Assert.Equal("pictures: four digits", PictureDescriptions.Of((JsonObject)notebook.Cells[0].Outputs[0]!));
    }

    [Theory]
    [InlineData(SizeRules.OutputLimit - 1000, 0)]
    [InlineData(SizeRules.OutputLimit, 1)]
    public void An_output_above_the_limit_is_found(int length, int findings)
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.Display((Mime.Text, new string('x', length)))).Build();
        Assert.Equal(findings, SizeRules.OfOutputs(notebook, "a.ipynb").Count());
    }

    [Theory]
    [InlineData(SizeRules.NotebookLimit, 0)]
    [InlineData(SizeRules.NotebookLimit + 1, 1)]
    public void A_notebook_above_the_limit_is_found(long bytes, int findings) =>
        Assert.Equal(findings, SizeRules.OfFile("a.ipynb", bytes).Count());

    [Fact]
    public void A_tensor_that_was_shown_is_found_by_its_output()
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.Display((Mime.Text, "Tensor (2, 3), float32, cpu: [1 2 3]"))).Build();

        var finding = Assert.Single(CodeCell.Of(notebook, "a.ipynb").SelectMany(LastExpressionRules.Find));

        Assert.Equal("a tensor is shown, as the output says", finding.Rule);
    }
}
