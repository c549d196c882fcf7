using System.Text.Json.Nodes;

namespace NormKernel.Tests.Browser;

/// <summary>Notebooks in the classic Jupyter Notebook, as a reader uses them.</summary>
[Collection("alone")]
public sealed class ClassicNotebookTests(ClassicNotebook notebook) : IClassFixture<ClassicNotebook>
{
    private const string SliderPlot = "[...document.querySelectorAll('.output .js-plotly-plot')].find(plot => plot.layout.sliders)";
    private const string Shown = $"JSON.stringify({SliderPlot}.data.map(trace => trace.visible !== false))";
    private const string Code = "Jupyter.notebook.get_cells().filter(cell => cell.cell_type === 'code')";
    private const string LivePoints = "(document.querySelector('.output .js-plotly-plot')?.calcdata?.[0]?.length ?? 0)";

    private static async Task RunAll(BrowserPage page)
    {
        await page.Click("document.querySelector('#celllink')");
        await page.Click("document.querySelector('#run_all_cells a')");
        await page.Until($"{Code}.some(cell => cell.input_prompt_number === '*')");
    }

    private static Task Finished(BrowserPage page) => page.Until($"{Code}.every(cell => cell.input_prompt_number !== '*')", seconds: 300);

    [Fact]
    public async Task The_first_notebook_runs_and_its_charts_are_interactive_without_a_network()
    {
        var page = await notebook.Open("01-how-does-batch-normalization-work.ipynb");
        await RunAll(page);
        await Finished(page);
        Assert.Equal("", await page.Text("[...document.querySelectorAll('.output_error')].map(error => error.textContent).join()"));
        await page.Until($"{SliderPlot}?.querySelector('.slider-rail-touch-rect')");
        Assert.Equal(await page.Text($"{Code}.flatMap(cell => cell.output_area.outputs).filter(output => output.data?.['application/vnd.plotly.v1+json']).length"),
            await page.Text("document.querySelectorAll('.output .js-plotly-plot').length"));

        var before = await page.Text(Shown);
        await page.Click($"{SliderPlot}.querySelector('.slider-rail-touch-rect')", across: 0.95);
        await page.Until($"{Shown} !== {BrowserPage.Quoted(before)}");
        await page.Photograph("classic-slider");
    }

    [Fact]
    public async Task A_live_chart_grows_while_its_cell_runs_and_leaves_one_output()
    {
        const string Training = """
            var data = ImageData.Generated(1_000, 100);
            var curves = new LossCurves("The loss falls while one looks on");
            var options = new TrainingOptions { Epochs = 2, BatchSize = 50, LearningRate = 0.05 };
            var watch = new StepObserver("time to look", _ => true) { AfterUpdate = _ => System.Threading.Thread.Sleep(150) };
            Trainer.Train(Networks.Mlp(null, 1), data.Train, data.Test, options,
                observers: [curves.Of("batch norm", every: 1), watch]);
            curves.Chart
            """;
        var page = await notebook.Open("live.ipynb", Notebook("#!import ../environment/setup.ipynb", Training));
        await RunAll(page);
        await page.Until(LivePoints);
        var early = (await page.Value(LivePoints))!.GetValue<int>();
        await page.Until($"{LivePoints} > {early} && {LivePoints} < 40");
        await page.Photograph("classic-live");
        await Finished(page);
        await page.Until($"{LivePoints} === 40");
        Assert.Equal("1", await page.Text($"{Code}[1].output_area.outputs.length"));
    }

    private static string Notebook(params string[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(source => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
        })]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 4,
    }.ToJsonString();
}
