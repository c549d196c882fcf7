using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Pages;
using NormKernel.Site.Text;

namespace NormKernel.Site.Outputs;

/// <summary>A cell's outputs as HTML: of each the richest form that the page can show.</summary>
internal sealed class OutputHtml(PageFiles files, MarkdownText markdown, IFigureHtml figures)
{
    public string Html(Cell cell)
    {
        var html = new StringBuilder();
        var outputs = cell.Outputs.OfType<JsonObject>().ToList();
        for (var index = 0; index < outputs.Count; index++)
        {
            var output = outputs[index];
            var kind = output["output_type"]?.ToString();
            if (kind == "stream")
            {
                var name = output["name"]?.ToString();
                var text = new StringBuilder(MultilineText.Join(output["text"]));
                for (; index + 1 < outputs.Count && outputs[index + 1]["output_type"]?.ToString() == "stream" && outputs[index + 1]["name"]?.ToString() == name; index++)
                    text.Append(MultilineText.Join(outputs[index + 1]["text"]));
                html.Append(Text(text.ToString(), name == "stderr" ? "stderr" : "stdout"));
            }
            else
            {
                html.Append(kind == "error" ? Error(output) : Display(output["data"] as JsonObject ?? []));
            }
        }

        return html.ToString();
    }

    private string Display(JsonObject data)
    {
        if (data[Mime.Plotly] is JsonObject figure)
            return figures.Chart(figure, Svg(data) ?? Picture(data, Mime.Png, ".png"));
        if (data[Check.Mime] is JsonObject)
            return CheckList.Html(Check.In(data));
        if (data[Mime.Html] is { } html)
            return $"<div class=\"output scroll\">{MultilineText.Join(html)}</div>\n";
        if (data[Mime.Markdown] is { } text)
            return $"<div class=\"output\">{markdown.Html(MultilineText.Join(text))}</div>\n";
        if ((Svg(data) ?? Picture(data, Mime.Png, ".png") ?? Picture(data, Mime.Jpeg, ".jpg")) is { } picture)
            return figures.Picture(picture, MultilineText.Join(data[Mime.Text]));
        if (data[Mime.Latex] is { } latex)
            return Latex(MultilineText.Join(latex));
        return Text(MultilineText.Join(data[Mime.Text]), "result");
    }

    private string? Svg(JsonObject data) =>
        data[Mime.Svg] is { } svg ? files.Add(Encoding.UTF8.GetBytes(MultilineText.Join(svg)), ".svg") : null;

    private string? Picture(JsonObject data, string mime, string extension) =>
        data[mime] is { } picture ? files.AddBase64(MultilineText.Join(picture), extension) : null;

    private static string Latex(string text)
    {
        var math = new ProtectedMath(text);
        return $"<p class=\"output\">{math.Restore(WebUtility.HtmlEncode(math.Text))}</p>\n";
    }

    private static string Text(string text, string kind)
    {
        var clean = TerminalText.Clean(text).TrimEnd();
        return clean.Length == 0 ? "" : $"<pre class=\"output {kind}\">{WebUtility.HtmlEncode(clean)}</pre>\n";
    }

    private static string Error(JsonObject output)
    {
        var title = $"{output["ename"]}: {output["evalue"]}".Trim(' ', ':');
        var lines = output["traceback"] is JsonArray traceback ? traceback.Select(line => TerminalText.Clean(line?.ToString() ?? "")) : [];
        var details = string.Join('\n', lines).Trim();
        var more = details.Length == 0 || details == title ? "" : $"<details><summary>Where it happened</summary><pre>{WebUtility.HtmlEncode(details)}</pre></details>";
        return $"<div class=\"output error\" role=\"note\"><pre>{WebUtility.HtmlEncode(TerminalText.Clean(title))}</pre>{more}</div>\n";
    }
}
