using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>A tensor (N, C, P) as a block of cells, cut into one sheet per sample.</summary>
public static class Blocks
{
    // A sheet is drawn as seen from the side: channels run to the right and back, positions down. Corners and centres of cells
    // have whole numbers, of which a figure stores most in a byte.
    private const int Across = 8, Gap = 14, Back = 2, Down = 8;

    /// <summary>The block, with the set of one element in the colour of the method and the other sets in two greys that alternate.</summary>
    /// <param name="plot">An empty plot; its axes are hidden.</param>
    /// <param name="method">The method; it decides the colour.</param>
    /// <param name="setOf">The number of each element's set.</param>
    /// <param name="element">The element that is marked, counted from 0.</param>
    public static Plot Block(this Plot plot, string method, int[,,] setOf, (int N, int C, int P) element)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(setOf);
        var width = setOf.GetLength(1) * Across + Gap;
        var marked = setOf[element.N, element.C, element.P];
        var cells = (from n in Enumerable.Range(0, setOf.GetLength(0))
                     from c in Enumerable.Range(0, setOf.GetLength(1))
                     from p in Enumerable.Range(0, setOf.GetLength(2))
                     select (N: n, C: c, P: p, Set: setOf[n, c, p])).ToArray();
        var others = cells.Where(cell => cell.Set != marked).ToLookup(cell => Shade(cell.N, cell.C, cell.P));
        (double X, double Y) At(int n, double c, double p) => (n * width + c * Across, c * Back - p * Down);

        return (plot with { X = plot.X with { IsHidden = true }, Y = plot.Y with { IsHidden = true } })
            .With(Cells("other sets", others[0], Palette.Faint(Palette.Grey, 0.16)) with { InLegend = others[0].Any() })
            .With(Cells("other sets", others[1], Palette.Faint(Palette.Grey, 0.42)) with { InLegend = !others[0].Any() && others[1].Any() })
            .With(Cells($"{method}: the set of ×", cells.Where(cell => cell.Set == marked), plot.ColourOf(method)))
            .With(Names())
            .With(Cross())
            .With(Hover());

        // How many borders between sets lie on the way to an element, so that neighbours differ.
        int Shade(int n, int c, int p) =>
            (Enumerable.Range(1, n).Count(i => setOf[i, 0, 0] != setOf[i - 1, 0, 0])
            + Enumerable.Range(1, c).Count(i => setOf[n, i, 0] != setOf[n, i - 1, 0])
            + Enumerable.Range(1, p).Count(i => setOf[n, c, i] != setOf[n, c, i - 1])) % 2;

        Mark Cells(string name, IEnumerable<(int N, int C, int P, int Set)> drawn, string colour)
        {
            var corners = drawn.SelectMany<(int N, int C, int P, int Set), (double X, double Y)>(cell =>
            [
                At(cell.N, cell.C, cell.P), At(cell.N, cell.C + 1, cell.P), At(cell.N, cell.C + 1, cell.P + 1),
                At(cell.N, cell.C, cell.P + 1), At(cell.N, cell.C, cell.P), (double.NaN, 0),
            ]).ToArray();
            return new("scatter", name,
            [
                ("mode", "lines"), ("fill", "toself"), ("fillcolor", colour), ("hoverinfo", "skip"),
                .. Places(corners),
                ("line", PlotlyObject.Of(("color", Palette.Grey), ("width", 0.7))),
            ]);
        }

        Mark Names()
        {
            var (channels, positions) = (setOf.GetLength(1), setOf.GetLength(2));
            var below = Enumerable.Range(0, setOf.GetLength(0)).Select(n => At(n, channels / 2.0, positions + 1.1));
            return Text("names", [At(0, 1, -1), At(0, -0.6, positions / 2.0), .. below],
                ["C →", "HW ↓", .. Enumerable.Range(1, setOf.GetLength(0)).Select(n => $"n = {n}")], 11,
                ["middle center", "middle left", .. Enumerable.Repeat("middle center", setOf.GetLength(0))]);
        }

        Mark Cross() => Text("element", [At(element.N, element.C + 0.5, element.P + 0.5)], ["<b>×</b>"], 16, ["middle center"], "white");

        Mark Hover()
        {
            var sizes = cells.CountBy(cell => cell.Set).ToDictionary();
            var numbers = new double[cells.Length, 5];
            foreach (var (row, (n, c, p, set)) in cells.Index())
                (numbers[row, 0], numbers[row, 1], numbers[row, 2], numbers[row, 3], numbers[row, 4]) = (n + 1, c + 1, p + 1, set + 1, sizes[set]);
            return new("scatter", "elements",
            [
                ("mode", "markers"), ("customdata", TypedArray.Of(numbers)), ("hovertemplate",
                    $"sample %{{customdata[0]}}, channel %{{customdata[1]}}, position %{{customdata[2]}}: set %{{customdata[3]}} of {sizes.Keys.Max() + 1}, with %{{customdata[4]}} elements<extra></extra>"),
                .. Places([.. cells.Select(cell => At(cell.N, cell.C + 0.5, cell.P + 0.5))]),
                ("marker", PlotlyObject.Of(("size", 14), ("opacity", 0))),
            ])
            { InLegend = false };
        }
    }

    // A name beside the first sheet may stand outside the axes, which end where the sheets do.
    private static Mark Text(string name, (double X, double Y)[] at, string[] text, int size, string[] positions, string? colour = null) => new("scatter", name,
    [
        ("mode", "text"), ("text", text), ("hoverinfo", "skip"), .. Places(at), ("textposition", positions), ("cliponaxis", false),
        ("textfont", PlotlyObject.Of(("size", size), ("color", colour))), ("marker", PlotlyObject.Of(("size", size), ("opacity", 0))),
    ])
    { InLegend = false };

    private static (string, object?)[] Places((double X, double Y)[] at) =>
        [("x", TypedArray.Of(at.Select(point => point.X))), ("y", TypedArray.Of(at.Select(point => point.Y)))];
}
