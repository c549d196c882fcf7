using System.Text.RegularExpressions;
using NormLab.Charts;
using NormLab.Rendering;

namespace NormLab.Tests.Charts;

public partial class ChartTests
{
    private static Plot Example(double scale = 1) => new Plot("Batch norm is faster", "step", "loss (nats)")
        .Line("batch norm", [scale, 2, 3]).Line("none", [3, 4, 5]).HorizontalLine(scale, "limit");

    private static readonly Func<Chart>[] OneOfEach =
    [
        () => Example(),
        () => Chart.SideBySide("Both", Example(), Example(2)),
        () => Chart.Slider("Slide", "scale", [1.0, 2.0], Example),
    ];

    [Fact]
    public void Two_builds_give_the_same_bytes() => Assert.All(OneOfEach, make =>
    {
        Assert.Equal(make().ToHtml(), make().ToHtml());
        Assert.Equal(make().ToMime(MimeTypes.Plotly), make().ToMime(MimeTypes.Plotly));
    });

    [Fact]
    public void No_chart_contains_a_random_id_or_a_template() => Assert.All(OneOfEach, make =>
    {
        Assert.DoesNotMatch(Guid(), make().ToHtml());
        Assert.DoesNotContain("template", make().ToHtml());
    });

    [Fact]
    public void Charts_leave_background_and_font_colour_to_the_page() => Assert.All(OneOfEach, make =>
    {
        var layout = make().Figure()["layout"]!;
        Assert.Equal("rgba(0,0,0,0)", layout.Text("paper_bgcolor"));
        Assert.Equal("rgba(0,0,0,0)", layout.Text("plot_bgcolor"));
        Assert.Null(layout["font"]);
        Assert.Null(layout["title"]!["font"]!["color"]);
    });

    [Fact]
    public void The_text_of_a_chart_is_its_title() => Assert.Equal("chart: Batch norm is faster", Example().ToString());

    [Fact]
    public void Axes_carry_their_titles()
    {
        var layout = Example().Figure()["layout"]!;
        Assert.Equal("step", layout["xaxis"]!["title"]!.Text("text"));
        Assert.Equal("loss (nats)", layout["yaxis"]!["title"]!.Text("text"));
    }

    [Fact]
    public void A_method_has_one_legend_entry_in_all_panels()
    {
        var traces = Chart.SideBySide("Both", Example(), Example()).Traces();
        Assert.Equal([true, true, false, false], traces.Select(trace => trace!["showlegend"]!.GetValue<bool>()));
        Assert.Equal(["x", "x", "x2", "x2"], traces.Select(trace => trace!.Text("xaxis")));
    }

    [Fact]
    public void Panels_do_not_overlap()
    {
        var layout = Chart.SideBySide("Four", [Example(), Example(), Example(), Example()], columns: 2).Figure()["layout"]!;
        Assert.True(End("xaxis") < Start("xaxis2"));
        Assert.True(End("yaxis3") < Start("yaxis"));

        double Start(string axis) => layout[axis]!["domain"]![0]!.GetValue<double>();
        double End(string axis) => layout[axis]!["domain"]![1]!.GetValue<double>();
    }

    [Fact]
    public void Each_step_of_a_slider_shows_the_traces_and_lines_of_its_own_chart()
    {
        var figure = Chart.Slider("Slide", "scale", [1.0, 2.0], Example).Figure();
        var steps = figure["layout"]!["sliders"]![0]!["steps"]!.AsArray();
        Assert.Equal([true, true, false, false], figure["data"]!.AsArray().Select(trace => trace!["visible"]!.GetValue<bool>()));
        Assert.Equal([false, false, true, true], steps[1]!["args"]![0]!["visible"]!.AsArray().Select(flag => flag!.GetValue<bool>()));
        Assert.Equal(2.0, steps[1]!["args"]![1]!["shapes"]![0]!["y0"]!.GetValue<double>());
        Assert.Equal(["1", "2"], steps.Select(step => step!.Text("label")));
    }

    [Fact]
    public void A_slider_needs_two_values() =>
        Assert.Throws<ArgumentException>(() => Chart.Slider("Slide", "scale", [1.0], Example));

    [Fact]
    public void Html_cannot_be_ended_by_a_chart_text() =>
        Assert.DoesNotContain("</script><b>", new Plot("</script><b>", "x", "y").Line("none", [1]).ToHtml());

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}", RegexOptions.IgnoreCase)]
    private static partial Regex Guid();
}
