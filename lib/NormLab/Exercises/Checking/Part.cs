using System.Globalization;
using NormLab.Rendering;

namespace NormLab.Exercises;

/// <summary>One thing that a run of an answer shows: an output, a number, or whether something holds.</summary>
/// <param name="Name">Its name, as the reader knows it.</param>
/// <param name="Values">The entries in row-major order; 1 or 0 for a fact.</param>
/// <param name="Shape">The shape; empty for one number.</param>
/// <param name="Labels">What the entries are called, where their place says little.</param>
/// <param name="IsFact">Whether the name is a sentence that should hold.</param>
internal sealed record Part(string Name, double[] Values, long[] Shape, string[]? Labels = null, bool IsFact = false)
{
    // Some thousand roundings of float64; suspects differ from the solution by a hundredth and more.
    private const double Tolerance = 1e-9;

    public bool Agrees(Part right)
    {
        var allowed = Tolerance * Math.Max(1, right.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        return Shape.SequenceEqual(right.Shape) && Values.Zip(right.Values).All(pair => Difference(pair.First, pair.Second) <= allowed);
    }

    /// <summary>In what this part is wrong, in words.</summary>
    public string Against(Part right)
    {
        if (IsFact)
            return "this does not hold";
        if (!Shape.SequenceEqual(right.Shape))
            return $"the shape is {Text(Shape)} and {Text(right.Shape)} is needed";
        var differences = Values.Zip(right.Values, Difference).ToArray();
        var where = Array.IndexOf(differences, differences.Max());
        var place = Labels is { } labels ? $" at {labels[where]}" : Shape.Length == 0 ? "" : $" at {Index(where)}";
        var values = $"yours is {Cell.Number(Values[where])} and {Cell.Number(right.Values[where])} is right";
        return double.IsFinite(differences[where])
            ? $"the largest difference is {differences[where].ToString("G3", CultureInfo.InvariantCulture)}{place}, where {values}"
            : $"{values}{place}";
    }

    // Equal infinities, and NaN where NaN is expected, differ by nothing.
    private static double Difference(double a, double b) =>
        a.Equals(b) ? 0 : double.IsNaN(a - b) ? double.PositiveInfinity : Math.Abs(a - b);

    private string Index(int flat)
    {
        var index = new long[Shape.Length];
        for (var (axis, rest) = (Shape.Length - 1, (long)flat); axis >= 0; rest /= Shape[axis], axis--)
            index[axis] = rest % Shape[axis];
        return $"[{string.Join(", ", index)}]";
    }

    private static string Text(long[] shape) => $"({string.Join(", ", shape)})";
}
