using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NormKernel.Site.Outputs;

/// <summary>Figures on a page of the site. A chart: its title as text that can wrap, its picture until plotly.js has drawn it, its data for plotly.js.</summary>
internal sealed partial class ChartHtml : IFigureHtml
{
    public string Chart(JsonNode figure, string? picture)
    {
        var description = WebUtility.HtmlEncode(Figure.Description(figure));
        var caption = Figure.Title(figure) is { } title ? $"<figcaption>{Markup(title)}</figcaption>\n" : "";
        var placeholder = picture is null
            ? "<noscript><p>This chart is drawn by JavaScript.</p></noscript>"
            : $"<img src=\"{picture}\" alt=\"{description}\" loading=\"lazy\">";
        return $"""
            <figure class="chart">
            {caption}<div class="plot" style="min-height: {Height(figure)}px" role="group" aria-label="{description}">{placeholder}</div>
            <script type="application/json">{Figure.Json(figure)}</script>
            </figure>

            """;
    }

    public string Picture(string address, string description) =>
        $"<p class=\"output picture\"><img src=\"{address}\" alt=\"Output of the code above\" loading=\"lazy\"></p>\n";

    // Room for the chart before it is drawn, so that the text below does not jump. 430 is also what chart-look.js draws.
    private static int Height(JsonNode figure) =>
        double.TryParse(figure["layout"]?["height"]?.ToJsonString(), CultureInfo.InvariantCulture, out var pixels) ? (int)pixels : 430;

    /// <summary>Plotly's titles know a few tags; everything else in them is text.</summary>
    public static string Markup(string title) => AllowedTag().Replace(WebUtility.HtmlEncode(title), "<$1>");

    [GeneratedRegex("&lt;(/?(?:b|i|em|strong|sub|sup|br))\\s*/?&gt;")]
    private static partial Regex AllowedTag();
}
