using System.Text;
using NormKernel.Site.Assets;

namespace NormKernel.Tests.Site.Assets;

public sealed class PlotlyScriptTests
{
    [Fact]
    public void Plotly_comes_out_of_the_package()
    {
        var script = Encoding.UTF8.GetString(PlotlyScript.Read());

        Assert.Contains("plotly.js v2.28.0", script, StringComparison.Ordinal);
        Assert.True(script.Length > 1_000_000, "the whole library, not a loader");
    }
}
