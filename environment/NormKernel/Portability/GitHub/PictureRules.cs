using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pictures;

namespace NormKernel.Portability.GitHub;

/// <summary>GitHub runs no scripts: a chart shows there as its picture, and a picture speaks to all readers through its alternative text.</summary>
public static class PictureRules
{
    public static IEnumerable<Finding> Find(Notebook notebook, string path) =>
        from pair in notebook.Cells.Select((cell, index) => (cell, number: index + 1))
        from output in pair.cell.Outputs.OfType<JsonObject>()
        let data = output["data"] as JsonObject
        where data is not null
        let finding = Find(output, data, path, new Place(pair.number))
        where finding is not null
        select finding;

    private static Finding? Find(JsonObject output, JsonObject data, string path, Place place)
    {
        if (data[Mime.Plotly] is not null && data[Mime.Png] is null)
            return new(path, place, "a chart without a picture", FrontEnd.GitHub, "It shows no interactive charts.", "install Chromium and draw it: `pictures`.");
        if (data[Mime.Png] is not null && string.IsNullOrWhiteSpace(PictureDescriptions.Of(output)))
            return new(path, place, "a picture without alternative text", FrontEnd.Join(FrontEnd.GitHub, "nbconvert"),
                "A reader who cannot see it learns nothing.", "give the chart a title, and write the text: `pictures`.");
        return null;
    }
}
