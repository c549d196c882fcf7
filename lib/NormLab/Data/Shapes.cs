namespace NormLab.Data;

/// <summary>Ten shapes in the square −1 to 1, as the set of points that each covers. Neighbours resemble each other on purpose.</summary>
internal static class Shapes
{
    public static readonly (string Name, Func<double, double, bool> Covers)[] All =
    [
        ("disc", (u, v) => u * u + v * v < 1),
        ("ring", (u, v) => u * u + v * v is < 1 and > 0.4),
        ("square", (u, v) => Square(u, v) < 0.85),
        ("frame", (u, v) => Square(u, v) is < 0.85 and > 0.5),
        ("triangle", (u, v) => v < 0.8 && 2 * Math.Abs(u) < v + 1),
        ("diamond", (u, v) => Math.Abs(u) + Math.Abs(v) < 1),
        ("plus", (u, v) => Square(u, v) < 0.95 && Math.Min(Math.Abs(u), Math.Abs(v)) < 0.25),
        ("cross", (u, v) => Square(u, v) < 0.85 && Math.Abs(Math.Abs(u) - Math.Abs(v)) < 0.35),
        ("bars", (u, v) => Square(u, v) < 0.9 && Math.Abs(v) is > 0.3),
        ("posts", (u, v) => Square(u, v) < 0.9 && Math.Abs(u) is > 0.3),
    ];

    private static double Square(double u, double v) => Math.Max(Math.Abs(u), Math.Abs(v));
}
