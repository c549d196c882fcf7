using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NormKernel.Site.Outputs;

namespace NormKernel.Paper.Pictures;

/// <summary>The figures of a chapter with numbers and captions: a chart's title, or what a picture says it is.</summary>
internal sealed class NumberedFigures(int chapter) : IFigureHtml
{
    public int Count { get; private set; }

    public string Chart(JsonNode figure, string? picture) =>
        Figure(picture, Site.Outputs.Figure.Title(figure) is { } title ? ChartHtml.Markup(title) : "", Site.Outputs.Figure.Description(figure));

    public string Picture(string address, string description)
    {
        var caption = description.Trim().Contains('\n', StringComparison.Ordinal) ? "" : description.Trim();
        var sentence = caption.Length == 0 ? "" : char.ToUpperInvariant(caption[0]) + caption[1..];
        return Figure(address, WebUtility.HtmlEncode(sentence), sentence.Length == 0 ? "Output of the code above" : sentence);
    }

    private string Figure(string? picture, string caption, string description)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{chapter}.{++Count}");
        var image = picture is null
            ? "<p class=\"missing\">There is no picture of this chart: none was drawn when its notebook ran.</p>"
            : $"<img src=\"{picture}\" alt=\"{WebUtility.HtmlEncode(description)}\">";
        return $"""
            <figure id="figure-{number}">
            {image}
            <figcaption><b>Figure {number}.</b> {caption}</figcaption>
            </figure>

            """;
    }
}
