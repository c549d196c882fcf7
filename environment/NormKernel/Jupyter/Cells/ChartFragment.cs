using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NormKernel.Jupyter.Installation;
using NormKernel.Site.Outputs;

namespace NormKernel.Jupyter.Cells;

/// <summary>
/// Plotly figures as HTML, beside their JSON, for front ends without a plotly renderer: the classic notebook, and JupyterLab
/// as it comes. Others prefer the JSON. Only live sessions send it: in files it would be most of the bytes.
/// </summary>
public static class ChartFragment
{
    private const int UsualHeight = 450; // plotly's own

    /// <summary>The bundle, with HTML added if it has a figure and no HTML.</summary>
    public static JsonObject AddTo(JsonObject data)
    {
        if (data[Mime.Plotly] is JsonObject figure && !data.ContainsKey(Mime.Html))
            data[Mime.Html] = Html(figure);
        return data;
    }

    private static string Html(JsonObject figure)
    {
        var json = Figure.Json(figure);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        var height = figure["layout"]?["height"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : UsualHeight;
        return Template
            .Replace("$ID", id, StringComparison.Ordinal)
            .Replace("$HEIGHT", height.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("$LOCAL", $"kernelspecs/{KernelRegistration.Name}/{KernelSpec.PlotlyFile}", StringComparison.Ordinal)
            .Replace("$FIGURE", json, StringComparison.Ordinal);
    }

    // The Jupyter server hands out the files beside kernel.json, so that charts need no network. Drawing waits for a promise
    // in any case: front ends run the script before the box is on the page. Where a page has require.js, plotly.js registers
    // as its module.
    private const string Template = """
        <div data-figure="$ID" style="min-height:$HEIGHTpx"></div>
        <script>
        (() => {
          const figure = $FIGURE;
          const load = address => new Promise((resolve, reject) => window.requirejs
            ? requirejs([address], resolve, reject)
            : document.head.append(Object.assign(document.createElement('script'), {src: address, onload: () => resolve(window.Plotly), onerror: reject})));
          const find = async () => {
            if (window.Plotly) return window.Plotly;
            const lab = document.getElementById('jupyter-config-data');
            const base = document.body.dataset.baseUrl ?? (lab && JSON.parse(lab.textContent).baseUrl);
            const network = 'https://cdn.jsdelivr.net/npm/plotly.js-dist-min@2.28.0/plotly.min.js';
            try { return await load(base ? base + '$LOCAL' : network); } catch (missing) { return base ? load(network) : Promise.reject(missing); }
          };
          const boxes = () => document.querySelectorAll('[data-figure="$ID"]:empty');
          (window.normKernelPlotly ??= find()).then(
            plotly => boxes().forEach(box => {
              const color = getComputedStyle(box).color, layout = structuredClone(figure.layout ?? {});
              layout.font = {color, ...layout.font};
              layout.modebar = {bgcolor: 'rgba(0,0,0,0)', color: 'rgba(128,128,128,0.7)', activecolor: color, ...layout.modebar};
              plotly.newPlot(box, structuredClone(figure.data), layout, {responsive: true, displaylogo: false});
            }),
            () => { window.normKernelPlotly = undefined; boxes().forEach(box => box.textContent = 'The chart needs plotly.js, which neither the Jupyter server nor the network has.'); });
        })();
        </script>
        """;
}
