using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Assets;
using NormKernel.Site.Outputs;

namespace NormKernel.Site.Pictures;

/// <summary>
/// Puts a picture beside every plotly figure of a notebook, for readers that run no scripts (GitHub, printers, mail). One
/// browser call draws all of them; a figure that has not changed keeps the picture it had.
/// </summary>
public static class ChartPictures
{
    /// <summary>How many pictures were drawn, how many were kept, and what says why others are missing.</summary>
    public sealed record Result(int Drawn, int Kept, IReadOnlyList<string> Missing);

    private sealed record Chart(int? CellNumber, JsonObject Data)
    {
        public JsonNode Figure => Data[Mime.Plotly]!;

        /// <summary>The figure's identity: its JSON, whatever file it came from.</summary>
        public string Key => Outputs.Figure.Json(Figure);
    }

    /// <summary>
    /// Adds the pictures to <paramref name="notebook"/>, in place. Figures that <paramref name="previous"/>, the notebook as
    /// it was before this run, has too keep their picture. Never fails because of a browser: what is missing is logged.
    /// </summary>
    public static Task<Result> Add(Notebook notebook, Notebook? previous, Action<string> log, CancellationToken cancellation = default) =>
        Add(notebook, previous, Chromium.Find(), log, cancellation);

    internal static async Task<Result> Add(Notebook notebook, Notebook? previous, Chromium? browser, Action<string> log, CancellationToken cancellation)
    {
        try
        {
            return await AddMissing(notebook, previous, browser, log, cancellation);
        }
        finally
        {
            SmallPictures.Make(notebook);
            PictureDescriptions.Add(notebook);
        }
    }

    private static async Task<Result> AddMissing(Notebook notebook, Notebook? previous, Chromium? browser, Action<string> log, CancellationToken cancellation)
    {
        var pending = Charts(notebook).Where(chart => chart.Data[Mime.Png] is null).ToList();
        var known = previous is null ? [] : Pictures(previous);
        var kept = 0;
        foreach (var chart in pending.ToList().Where(chart => known.ContainsKey(chart.Key)))
        {
            chart.Data[Mime.Png] = known[chart.Key];
            pending.Remove(chart);
            kept++;
        }

        if (pending.Count == 0)
            return new Result(0, kept, []);
        var missing = browser is null ? [NoBrowser(pending.Count)] : await Draw(pending, browser, PictureFormat.Png, cancellation);
        foreach (var message in missing)
            log(message);
        return new Result(pending.Count(chart => chart.Data[Mime.Png] is not null), kept, missing);
    }

    /// <summary>Adds a drawing without title to every figure, in place, for a document whose captions say what the titles say. What is missing is returned.</summary>
    internal static Task<IReadOnlyList<string>> AddDrawings(Notebook notebook, Chromium browser, CancellationToken cancellation)
    {
        var charts = Charts(notebook).ToList();
        return charts.Count == 0 ? Task.FromResult<IReadOnlyList<string>>([]) : Draw(charts, browser, PictureFormat.Svg, cancellation);
    }

    private static async Task<IReadOnlyList<string>> Draw(List<Chart> charts, Chromium browser, PictureFormat format, CancellationToken cancellation)
    {
        var folder = browser.CreateFolder();
        try
        {
            var page = Path.Combine(folder, "pictures.html");
            await File.WriteAllBytesAsync(Path.Combine(folder, "plotly.min.js"), PlotlyScript.Read(), cancellation);
            await File.WriteAllTextAsync(page, PicturePage.Html([.. charts.Select(chart => chart.Figure)], format), cancellation);
            var results = PicturePage.Results(await browser.Dom(page, cancellation), charts.Count, format);
            var missing = new List<string>();
            foreach (var (chart, (picture, error)) in charts.Zip(results))
            {
                if (picture is null)
                    missing.Add($"Cell {chart.CellNumber}: no picture of the chart \"{Figure.Description(chart.Figure)}\": {error}");
                else
                    chart.Data[format.Mime] = picture + "\n";
            }

            return missing;
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            return [$"{charts.Count} chart pictures were left out: {error.Message}"];
        }
        finally
        {
            TemporaryFolder.Delete(folder);
        }
    }

    private static Dictionary<string, string> Pictures(Notebook notebook)
    {
        var pictures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chart in Charts(notebook).Where(chart => chart.Data[Mime.Png] is not null))
            pictures[chart.Key] = MultilineText.Join(chart.Data[Mime.Png]);
        return pictures;
    }

    private static IEnumerable<Chart> Charts(Notebook notebook) =>
        from cell in notebook.Cells
        from output in cell.Outputs
        let data = output?["data"] as JsonObject
        where data?[Mime.Plotly] is JsonObject
        select new Chart(cell.ExecutionCount, data);

    private static string NoBrowser(int count) =>
        $"{count} chart {(count == 1 ? "picture was" : "pictures were")} left out: no Chromium, Chrome or Edge was found. Install one, or name it in {Chromium.OverrideVariable}; the charts themselves are complete.";
}
