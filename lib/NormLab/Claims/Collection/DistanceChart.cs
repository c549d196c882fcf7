using System.Globalization;
using NormLab.Charts;
using NormLab.Charts.Drawing;

namespace NormLab.Claims;

/// <summary>Every claim as a point: how far its number is from its threshold, by notebook, in the colour of its verdict.</summary>
internal static class DistanceChart
{
    // Ends of the axes: what lies beyond is drawn there.
    private const double MostHalfWidths = 1000, MostOrders = 16;

    public static Chart Of(string title, CollectionScoreboard board) => Chart.SideBySide(title,
        Panel("numbers with an interval", "distance (half-widths)", board, record => Math.Clamp(record.HalfWidths, 0.1, MostHalfWidths))
            .VerticalLine(1, "undecided left of this").LogX(0.1, 1, 10, 100, 1000).RangeX(0.4, 1500),
        Panel("exact numbers", "distance (orders of magnitude)", board, record => Math.Min(record.Orders, MostOrders))
            .RangeX(-0.6, MostOrders + 0.6));

    private static Plot Panel(string title, string x, CollectionScoreboard board, Func<ClaimRecord, double> distance)
    {
        var points = board.Notebooks.SelectMany((notebook, index) => Points(notebook, index, distance)).ToLookup(point => point.Claim.Verdict);
        var plot = new Plot(title, x, "notebook");
        plot = Enum.GetValues<Verdict>().Where(verdict => points[verdict].Any()).Aggregate(plot, (drawn, verdict) => drawn.Points(
            ClaimResult.Name(verdict), [.. points[verdict].Select(point => point.X)], [.. points[verdict].Select(point => point.Y)], [.. points[verdict].Select(point => Hover(point.Claim))]));
        return plot with { Y = plot.Y with { IsReversed = true, Ticks = [.. board.Notebooks.Select(RowOf)] } };
    }

    /// <summary>The points of a notebook lie in its row, one below the other in their order, so that none hides another.</summary>
    private static IEnumerable<(ClaimRecord Claim, double X, double Y)> Points(NotebookClaims notebook, int index, Func<ClaimRecord, double> distance)
    {
        var claims = notebook.Records.Where(record => !double.IsNaN(distance(record))).ToList();
        return claims.Select((claim, order) => (claim, distance(claim), RowOf(notebook, index) + 0.7 * ((order + 0.5) / claims.Count - 0.5)));
    }

    private static double RowOf(NotebookClaims notebook, int index) =>
        double.TryParse(notebook.Number, CultureInfo.InvariantCulture, out var number) ? number : index + 1;

    private static string Hover(ClaimRecord claim) =>
        $"<b>{claim.Id}</b> {ClaimResult.Name(claim.Kind)}, {ClaimResult.Name(claim.Verdict)}<br>{Grid.Wrap(claim.Statement, 70)}<br>{Grid.Wrap(claim.Evidence, 70)}";
}
