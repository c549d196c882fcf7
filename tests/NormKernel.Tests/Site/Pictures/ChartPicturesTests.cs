using NormKernel.Notebooks;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pictures;

namespace NormKernel.Tests.Site.Pictures;

public sealed class ChartPicturesTests
{
    private readonly List<string> log = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<ChartPictures.Result> Add(Notebook notebook, Notebook? previous, Chromium? browser) =>
        ChartPictures.Add(notebook, previous, browser, log.Add, Cancellation);

    private static string? Png(Notebook notebook, int output = 0) =>
        notebook.Cells[0].Outputs[output]?["data"]?[Mime.Png] is { } png ? MultilineText.Join(png) : null;

    private static Notebook Notebook(params string[] titles) =>
        new SampleNotebook().Code("x", [.. titles.Select(title => SampleNotebook.Chart(title))]).Build();

    private static Chromium Browser()
    {
        Assert.SkipWhen(Chromium.Find() is null, "no Chromium, Chrome or Edge is installed here, and only a browser can draw plotly figures");
        return Chromium.Find()!;
    }

    [Fact]
    public async Task Unchanged_figures_keep_their_pictures_without_a_browser()
    {
        var previous = new SampleNotebook().Code("x", SampleNotebook.ChartWithPicture("Loss", "old picture")).Build();
        var notebook = Notebook("New", "Loss");

        var result = await Add(notebook, previous, browser: null);

        Assert.Equal("old picture", Png(notebook, 1));
        Assert.Null(Png(notebook, 0));
        Assert.Equal((0, 1), (result.Drawn, result.Kept));
        Assert.Contains("1 chart picture was left out: no Chromium", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_does_not_start_does_not_end_the_run()
    {
        var result = await Add(Notebook("Loss"), previous: null, new Chromium(Path.Combine(Path.GetTempPath(), "no-such-browser")));

        Assert.Equal(0, result.Drawn);
        Assert.Contains("did not start", Assert.Single(result.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_without_charts_needs_nothing()
    {
        var result = await Add(new SampleNotebook().Code("1", SampleNotebook.Stream("1")).Build(), previous: null, browser: null);

        Assert.Equal((0, 0), (result.Drawn, result.Kept));
        Assert.Empty(log);
    }

    [Fact]
    public async Task The_same_figure_gives_the_same_picture_and_a_broken_one_is_named()
    {
        var browser = Browser();
        var broken = SampleNotebook.Display((Mime.Plotly, new System.Text.Json.Nodes.JsonObject { ["layout"] = new System.Text.Json.Nodes.JsonObject() }));
        var first = new SampleNotebook().Code("x", SampleNotebook.Chart("Loss"), broken, SampleNotebook.Chart("Tall", height: 600)).Build();
        var second = Notebook("Loss");

        var result = await Add(first, previous: null, browser);
        await Add(second, previous: null, browser);

        Assert.Equal(2, result.Drawn);
        Assert.StartsWith("Cell 1: no picture of the chart", Assert.Single(result.Missing), StringComparison.Ordinal);
        Assert.Null(Png(first, 1));
        Assert.Equal(Png(first, 0), Png(second));
        Assert.Equal((700, 450), Size(Png(first, 0)!));
        Assert.Equal((700, 600), Size(Png(first, 2)!));
    }

    // A PNG's header: eight bytes of signature, eight of chunk header, then width and height, most significant byte first.
    private static (int Width, int Height) Size(string base64)
    {
        var header = Convert.FromBase64String(base64).AsSpan(16, 8);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header[4..]));
    }
}
