using NormLab.Charts;

namespace NormLab.Tests.Charts;

public class PaletteTests
{
    [Theory]
    [InlineData("BatchNorm")]
    [InlineData("batch norm, He")]
    [InlineData("Batch norm (m = 4)")]
    public void A_method_has_its_colour_however_it_is_written(string name) =>
        Assert.Equal(Palette.OfMethod("batch norm"), Palette.OfMethod(name));

    [Fact]
    public void Methods_have_different_colours()
    {
        string[] methods = ["none", "batch norm", "layer norm", "layer norm per position", "group norm", "instance norm", "RMSNorm", "ghost batch norm", "matched noise", "γ decay", "dropout"];
        Assert.Equal(methods.Length, methods.Select(Palette.OfMethod).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void A_series_keeps_its_colour_between_its_marks()
    {
        var traces = new Plot("t", "x", "y").Line("m = 2", [1]).Line("m = 4", [2]).Points("m = 2", [1], [1]).Traces();
        Assert.Equal(traces[0]!["line"]!.Text("color"), traces[2]!["marker"]!.Text("color"));
        Assert.NotEqual(traces[0]!["line"]!.Text("color"), traces[1]!["line"]!.Text("color"));
    }
}
