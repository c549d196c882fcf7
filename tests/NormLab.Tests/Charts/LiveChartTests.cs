using NormLab.Charts;
using NormLab.Rendering;

namespace NormLab.Tests.Charts;

public class LiveChartTests
{
    private static Plot Curve(int points) =>
        new Plot("Loss falls", "step", "loss").Line("batch norm", [.. Enumerable.Range(1, points).Select(step => 1.0 / step)]);

    private static string Printed(Action action)
    {
        var before = Console.Out;
        using var writer = new StringWriter { NewLine = "\n" };
        Console.SetOut(writer);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(before);
        }

        return writer.ToString();
    }

    [Fact]
    public void Where_the_engine_shows_values_in_place_it_is_drawn_a_few_times_and_prints_nothing()
    {
        using var engine = new FakeLiveDisplay();
        var live = new LiveChart(Curve(1));
        var printed = Printed(() =>
        {
            for (var i = 2; i < 2000; i++)
                live.Show(Curve(i), $"step {i}");
            Thread.Sleep(300);
            live.Show(Curve(5), "step 5");
        });
        Assert.Empty(printed);
        Assert.InRange(engine.Drawn.Count, 2, 200); // four a second, on a machine that may be slow
        Assert.All(engine.Drawn, drawn => Assert.Same(live, drawn));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Elsewhere_it_prints_lines_and_not_one_for_each_step(bool engineWithoutCell)
    {
        using var engine = engineWithoutCell ? new FakeLiveDisplay(hasCell: false) : null;
        var live = new LiveChart(Curve(1));
        Assert.Equal("step 2\n", Printed(() =>
        {
            live.Show(Curve(2), "step 2");
            live.Show(Curve(3), "step 3");
        }));
    }

    [Fact]
    public void It_shows_the_last_chart_in_every_form_whether_that_was_drawn_or_not()
    {
        using var engine = new FakeLiveDisplay();
        var live = new LiveChart(Curve(1));
        live.Show(Curve(2), "");
        live.Show(Curve(3), "");
        Assert.Equal(Curve(3).ToMime(MimeTypes.Plotly), live.ToMime(MimeTypes.Plotly));
        Assert.Equal(Curve(3).ToHtml(), live.ToHtml());
        Assert.Equal("chart: Loss falls", live.ToString());
    }
}
