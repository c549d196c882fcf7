using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NormLab.Rendering;

namespace NormLab.Charts.Drawing;

/// <summary>A chart as a fragment of HTML: an empty box, the figure, and a loader that uses the page's plotly.js or fetches it once.</summary>
internal static class ChartHtml
{
    private const string PlotlyJs = "https://cdn.jsdelivr.net/npm/plotly.js-dist-min@2.28.0/plotly.min.js";

    public static string Fragment(JsonObject figure)
    {
        var json = Json.InScript(figure);
        // The content names the box, not a random id: a second run writes the same bytes.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        var height = figure["layout"]!["height"]!.GetValue<double>().ToString(CultureInfo.InvariantCulture);
        return Template.Replace("$ID", id).Replace("$HEIGHT", height).Replace("$PLOTLYJS", PlotlyJs).Replace("$FIGURE", json);
    }

    // With require.js on the page, plotly.js would register as an anonymous module instead of setting the global.
    private const string Template = """
        <div data-chart="$ID" style="width:100%;height:$HEIGHTpx"></div>
        <script>
        (() => {
          const figure = $FIGURE;
          const draw = () => document.querySelectorAll('[data-chart="$ID"]:empty').forEach(box =>
            Plotly.newPlot(box, structuredClone(figure.data), structuredClone(figure.layout), {responsive: true}));
          if (window.Plotly) return draw();
          window.normLabPlotly ??= new Promise((resolve, reject) => {
            const define = window.define, script = document.createElement('script');
            window.define = undefined;
            const done = then => () => { window.define = define; then(); };
            Object.assign(script, {src: '$PLOTLYJS', onload: done(resolve), onerror: done(reject)});
            document.head.append(script);
          });
          window.normLabPlotly.then(draw, () => document.querySelectorAll('[data-chart="$ID"]').forEach(box =>
            box.textContent = 'The chart needs plotly.js, which could not be loaded from $PLOTLYJS'));
        })();
        </script>
        """;
}
