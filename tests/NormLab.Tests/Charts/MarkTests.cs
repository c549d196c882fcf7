using NormLab.Charts;

namespace NormLab.Tests.Charts;

public class MarkTests
{
    private static readonly Plot Axes = new("Title", "x (s)", "y (m)");

    [Fact]
    public void Typed_arrays_decode_to_the_numbers_with_six_digits()
    {
        double[] x = [0, 1.5, -2.25, 1234567, 0.1234567, double.NaN];
        var line = Axes.Line("batch norm", x, x).Traces()[0]!;
        double[] expected = [0, 1.5, -2.25, 1234570, 0.123457f, double.NaN];
        Assert.Equal(expected, line.Numbers("x"));
    }

    [Fact]
    public void Numbers_beyond_single_precision_are_kept_in_double()
    {
        double[] y = [1e-45, 1e300];
        Assert.Equal(y, Axes.Line("batch norm", y).Traces()[0]!.Numbers("y"));
    }

    [Theory]
    [InlineData("u1", 0, 255)]
    [InlineData("i1", -128, 127)]
    [InlineData("u2", 0, 256)]
    [InlineData("u2", 128, 65535)]
    [InlineData("i2", -1, 128)]
    [InlineData("i2", -32768, 32767)]
    [InlineData("f4", -1, 32768)]
    [InlineData("f4", 0, 65536)]
    [InlineData("f4", 0, 0.5)]
    public void Whole_numbers_take_the_smallest_type_that_holds_them_all(string type, double low, double high)
    {
        var trace = Axes.Line("none", [low, high]).Traces()[0]!;
        Assert.Equal((type, "u1"), (trace["y"]!.Text("dtype"), trace["x"]!.Text("dtype")));
        Assert.Equal([low, high], trace.Numbers("y"));
    }

    [Fact]
    public void Seeds_draw_their_median_and_range()
    {
        var traces = Axes.Seeds("none", [0, 1], [[1, 9], [2, 5], [7, 6]]).Traces();
        Assert.Equal([7, 9, 5, 1], traces[0]!.Numbers("y"));
        Assert.Equal([2, 6], traces[1]!.Numbers("y"));
    }

    [Fact]
    public void Where_runs_diverged_the_band_ends_and_the_median_has_a_gap()
    {
        const double gone = double.PositiveInfinity;
        double[][] runs = [[1, 2, 3], [1, gone, gone], [4, 5, gone]];
        var traces = Axes.Seeds("none", [0, 1, 2], runs).Traces();
        Assert.Equal([4, 1], traces[0]!.Numbers("y"));
        Assert.Equal([1, 5, double.NaN], traces[1]!.Numbers("y"));

        var each = Axes.EachSeed("none", [0, 1, 2], runs).Traces();
        Assert.Equal([1, 2, 3, double.NaN, 1, double.NaN, double.NaN, double.NaN, 4, 5, double.NaN, double.NaN], each[0]!.Numbers("y"));
        Assert.Equal([0, 1, 2, 2, 0, 1, 2, 2, 0, 1, 2, 2], each[0]!.Numbers("x"));
        Assert.Equal([1, 5, double.NaN], each[1]!.Numbers("y"));
    }

    [Fact]
    public void A_block_colours_the_set_of_its_element_and_gives_neighbouring_sets_two_greys()
    {
        var groups = new int[2, 4, 1]; // Two samples of two groups of two channels.
        for (var (n, c) = (0, 0); n < 2; (n, c) = c == 3 ? (n + 1, 0) : (n, c + 1))
            groups[n, c, 0] = 2 * n + c / 2;
        var traces = Axes.Block("group norm", groups, element: (0, 2, 0)).Traces();

        // A cell is five points and a gap. The first group of the one sample and the second of the other are two borders apart.
        Assert.Equal([24, 12, 12], traces.Take(3).Select(trace => trace!.Numbers("x").Length));
        Assert.Equal(Palette.OfMethod("group norm"), traces[2]!.Text("fillcolor"));
        Assert.NotEqual(traces[0]!.Text("fillcolor"), traces[1]!.Text("fillcolor"));

        // Sample, channel, position, set and size of the set, shown where a reader points: (1, 1, 0) is the sixth of eight.
        Assert.Equal([2, 2, 1, 3, 2], traces[5]!.Numbers("customdata")[25..30]);
        Assert.Contains("set %{customdata[3]} of 4", traces[5]!.Text("hovertemplate"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_has_area_one()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 1000).Select(_ => random.NextDouble()).ToArray();
        var trace = Axes.Histogram("none", values, 20).Traces()[0]!;
        var (x, y) = (trace.Numbers("x"), trace.Numbers("y"));

        // 20 bins, each sum of single-precision values rounded to 6 digits.
        Assert.Equal(1, y.Sum() * (x[1] - x[0]), 4);
        Assert.Equal([0.0, 0.0], [y[0], y[^1]]);
    }

    [Fact]
    public void A_histogram_puts_the_largest_value_into_the_last_bin()
    {
        var trace = Axes.Histogram("none", [0, 0, 0, 1], 2).Traces()[0]!;
        Assert.Equal([0, 1.5, 0.5, 0], trace.Numbers("y"));
    }

    [Fact]
    public void A_density_has_area_one_and_its_top_at_the_middle_of_a_symmetric_set()
    {
        var trace = Axes.Density("none", [-2, -1, 0, 0, 1, 2], 201).Traces()[0]!;
        var (x, y) = (trace.Numbers("x"), trace.Numbers("y"));

        // The ends are three kernel widths out, where at most 0.14 % of the outer kernels is cut off.
        Assert.Equal(1, y.Sum() * (x[1] - x[0]), 2);
        Assert.Equal(0, x[Array.IndexOf(y, y.Max())], 3);
    }

    [Fact]
    public void A_heatmap_carries_its_shape_and_row_0_is_at_the_top()
    {
        var chart = Axes.Heatmap(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, "value");
        Assert.Equal("2, 3", chart.Traces()[0]!["z"]!.Text("shape"));
        Assert.Equal([1, 2, 3, 4, 5, 6], chart.Traces()[0]!.Numbers("z"));
        Assert.Equal("reversed", chart.Figure()["layout"]!["yaxis"]!.Text("autorange"));
    }

    [Fact]
    public void Heatmaps_can_share_the_ends_of_their_colours()
    {
        var trace = Axes.Heatmap(new double[,] { { 1, 2 } }, "value", range: (0, 5)).Traces()[0]!;
        Assert.Equal((0, 5), (trace["zmin"]!.GetValue<double>(), trace["zmax"]!.GetValue<double>()));
    }

    [Fact]
    public void Bars_of_methods_have_the_methods_colours()
    {
        var bar = Axes.Bars(["batch norm", "none"], [1, 2], [0.1, 0.2]).Traces()[0]!;
        Assert.Equal([Palette.OfMethod("batch norm")!, Palette.Grey], bar["marker"]!["color"]!.AsArray().Select(colour => colour!.GetValue<string>()));
        Assert.Equal([0.1f, 0.2f], bar["error_y"]!.Numbers("array").Select(value => (float)value));
    }

    [Fact]
    public void A_note_on_a_logarithmic_axis_takes_the_logarithm_and_a_line_does_not()
    {
        var layout = Axes.Line("none", [1, 1000], [1, 2]).LogX().Note(100, 1.5, "here").VerticalLine(100).Figure()["layout"]!;
        Assert.Equal(2.0, layout["annotations"]![0]!["x"]!.GetValue<double>());
        Assert.Equal(100.0, layout["shapes"]![0]!["x0"]!.GetValue<double>());
    }

    [Fact]
    public void Ticks_of_a_logarithmic_axis_stand_where_they_are_put_and_carry_the_value()
    {
        var axis = Axes.Line("none", [2, 64], [1, 2]).LogX(2, 64).Figure()["layout"]!["xaxis"]!;
        Assert.Equal([2.0, 64.0], axis["tickvals"]!.AsArray().Select(tick => tick!.GetValue<double>()));
        Assert.Equal(["2", "64"], axis["ticktext"]!.AsArray().Select(text => text!.GetValue<string>()));
    }

    [Fact]
    public void Points_without_a_partner_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Axes.Line("batch norm", [1, 2, 3], [1, 2]));
        Assert.Contains("3 values of x, 2 values of y", error.Message);
    }

    [Fact]
    public void A_distribution_with_NaN_is_refused() =>
        Assert.Throws<ArgumentException>(() => Axes.Histogram("none", [1, double.NaN]));
}
