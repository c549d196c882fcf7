using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NormKernel.Site.Outputs;

namespace NormKernel.Site.Pictures;

/// <summary>A page that draws figures one after the other and writes each picture, or what went wrong, into its own text.</summary>
internal static partial class PicturePage
{
    public const int Width = 700, Height = 450;

    public static string Html(IReadOnlyList<JsonNode> figures, PictureFormat format) => $$"""
        <!doctype html>
        <meta charset="utf-8">
        <body>
        <script src="plotly.min.js"></script>
        <script type="application/json" id="figures">[{{string.Join(",\n", figures.Select(Figure.Json))}}]</script>
        <script>
        // Plotly names parts of a drawing at random; the same figure is to give the same bytes.
        const seeded = seed => () => {
          seed = (seed + 0x6D2B79F5) | 0;
          let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
          mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
          return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
        };
        // Without its title a chart keeps the room for the names of its panels and gives back the rest.
        const untitled = layout => {
          const before = layout?.margin?.t ?? 100;
          const above = layout?.updatemenus?.length ? before : Math.min(before, layout?.annotations?.length ? 34 : 14);
          return { ...layout, title: undefined, margin: { ...layout?.margin, t: above }, height: (layout?.height ?? {{Height}}) - (before - above) };
        };
        // Plotly does not break titles; about 8.5 px is the width of a letter of one.
        const broken = (title, width) => {
          const text = title?.text ?? title;
          if (typeof text !== "string" || text.includes("<")) return title;
          const lines = [""];
          for (const word of text.split(" ")) {
            if (lines.at(-1) && (lines.at(-1).length + word.length) * 8.5 > width - 40) lines.push("");
            lines.push(`${lines.pop()} ${word}`.trim());
          }
          return { ...(title.text ? title : {}), text: lines.join("<br>") };
        };
        (async () => {
          const figures = JSON.parse(document.getElementById("figures").textContent);
          for (const [index, { data, layout: full }] of figures.entries()) {
            Math.random = seeded(index);
            const layout = {{(format.HasTitle ? "full" : "untitled(full)")}};
            const result = document.body.appendChild(document.createElement("pre"));
            result.id = `figure-${index}`;
            try {
              if (!Array.isArray(data)) throw new Error("the figure has no list named data");
              const size = { width: layout?.width ?? {{Width}}, height: layout?.height ?? {{Height}} };
              result.textContent = await Plotly.toImage({ data, layout: { ...layout, title: broken(layout?.title, size.width), paper_bgcolor: "#fff" } }, { format: "{{format.Name}}", scale: 1, ...size });
            } catch (error) {
              result.className = "error";
              result.textContent = error.message ?? String(error);
            }
          }
        })();
        </script>

        """;

    /// <summary>The picture of each figure as a notebook stores it, or the error that stood in its way, read from the page's DOM.</summary>
    public static IReadOnlyList<(string? Picture, string? Error)> Results(string dom, int count, PictureFormat format)
    {
        var results = new (string? Picture, string? Error)[count];
        Array.Fill(results, (null, "the browser returned no picture"));
        foreach (var match in Result().Matches(dom).Cast<Match>())
        {
            var index = int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture);
            var text = WebUtility.HtmlDecode(match.Groups["text"].Value);
            results[index] = format.Content(text) is { } picture ? (picture, null) : (null, text.Length > 0 ? text : "the browser drew nothing");
        }

        return results;
    }

    [GeneratedRegex("<pre id=\"figure-(?<index>[0-9]+)\"[^>]*>(?<text>.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();
}
