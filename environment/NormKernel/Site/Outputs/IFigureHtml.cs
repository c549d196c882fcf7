using System.Text.Json.Nodes;

namespace NormKernel.Site.Outputs;

/// <summary>How a document shows what a cell has drawn.</summary>
internal interface IFigureHtml
{
    /// <param name="figure">A plotly figure.</param>
    /// <param name="picture">The address of its picture, where there is one.</param>
    string Chart(JsonNode figure, string? picture);

    /// <param name="address">A picture that is no chart.</param>
    /// <param name="description">What the output says it is, in words; may be empty.</param>
    string Picture(string address, string description);
}
