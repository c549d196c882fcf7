using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>How values are distributed.</summary>
public static class Distributions
{
    /// <summary>A histogram whose area is one, so that sets of different size can be compared.</summary>
    /// <param name="plot">The plot; its vertical axis is a density, in 1 / unit of x.</param>
    /// <param name="name">The method or the quantity; it decides the colour.</param>
    /// <param name="values">The values.</param>
    /// <param name="bins">The number of bins.</param>
    /// <param name="range">The ends of the first and last bin, or null for the extremes; values beyond are left out of the bins and count in the area.</param>
    public static Plot Histogram(this Plot plot, string name, IReadOnlyCollection<double> values, int bins = 50, (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var (low, high) = range ?? Extremes(name, values);
        if (!(high > low))
            throw new ArgumentException($"The histogram '{name}' has no width: it goes from {low} to {high}. Give a range where all values are equal.", nameof(range));
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);

        var width = (high - low) / bins;
        var density = new double[bins + 2];
        foreach (var value in values.Where(value => value >= low && value <= high))
            density[1 + Math.Min(bins - 1, (int)((value - low) / width))] += 1 / (width * values.Count);

        var centres = density.Select((_, bin) => low + (bin - 0.5) * width);
        return WithArea(plot, name, centres, density, "hvh");
    }

    /// <summary>A smooth density: Gaussian kernels of Silverman's width, 0.9·min(s, IQR/1.34)·n^(−1/5) (Density Estimation, 1986, eq. 3.31).</summary>
    public static Plot Density(this Plot plot, string name, IReadOnlyCollection<double> values, int points = 200)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var (low, high) = Extremes(name, values);
        var width = Silverman(name, [.. values.Order()]);
        var x = Enumerable.Range(0, points).Select(i => low - 3 * width + (high - low + 6 * width) * i / (points - 1)).ToArray();
        var density = Array.ConvertAll(x, at => values.Sum(value => Kernel((at - value) / width)) / (values.Count * width));
        return WithArea(plot, name, x, density, "linear");
    }

    private static Plot WithArea(Plot plot, string name, IEnumerable<double> x, IEnumerable<double> y, string shape) =>
        (plot with { Y = plot.Y with { IsFromZero = true } }).With(new Mark("scatter", name,
    [
        ("mode", "lines"),
        ("x", TypedArray.Of(x)),
        ("y", TypedArray.Of(y)),
        ("fill", "tozeroy"),
        ("fillcolor", Palette.Faint(plot.ColourOf(name), 0.25)),
        ("line", PlotlyObject.Of(("color", plot.ColourOf(name)), ("width", 1.5), ("shape", shape))),
    ]));

    private static double Kernel(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    private static double Silverman(string name, double[] sorted)
    {
        var mean = sorted.Average();
        var deviation = Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, sorted.Length - 1));
        var quartiles = (sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4]) / 1.34;
        var spread = quartiles > 0 ? Math.Min(deviation, quartiles) : deviation;
        if (spread == 0)
            throw new ArgumentException($"The density '{name}' does not exist: all values are {sorted[0]}.");

        return 0.9 * spread * Math.Pow(sorted.Length, -0.2);
    }

    private static (double Low, double High) Extremes(string name, IReadOnlyCollection<double> values)
    {
        Series.SameLength(name, ("values", values.Count));
        if (values.Count(value => !double.IsFinite(value)) is > 0 and var bad)
            throw new ArgumentException($"The distribution '{name}' contains {bad} values that are not finite: NaN and infinity have no place on an axis; leave them out and say so.", nameof(values));

        return (values.Min(), values.Max());
    }
}
