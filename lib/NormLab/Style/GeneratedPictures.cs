using System.Collections.Immutable;
using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>Built-in colour pictures, for machines without photographs: things before a sky, and textures. The same on every platform.</summary>
internal static class GeneratedPictures
{
    private static readonly (string Name, Func<double, double, double> Height)[] Textures =
    [
        ("checks", (u, v) => Wave(6 * u) * Wave(6 * v) > 0 ? 1 : -1),
        ("stripes", (u, v) => Wave(5 * u + 5 * v + 0.3 * Wave(2 * u - 2 * v))),
        ("scales", (u, v) => Wave(7 * v) + 0.8 * Wave(4 * u + 0.5 * Wave(3.5 * v))),
    ];

    /// <summary>Three pictures (3, S, S): two shapes each, before a background that gets brighter.</summary>
    public static ImmutableArray<(string Name, Tensor Picture)> Content(int side) =>
        [.. Enumerable.Range(0, 3).Select(i => (Shapes.All[3 * i + 1].Name, Scene(side, (ulong)i + 1, Shapes.All[3 * i + 1].Covers, Shapes.All[3 * i].Covers)))];

    /// <summary>Three pictures (3, S, S): a texture in two colours each, with noise.</summary>
    public static ImmutableArray<(string Name, Tensor Picture)> Style(int side) =>
        [.. Textures.Select((texture, i) => (texture.Name, Painted(side, (ulong)i + 101, (u, v, random) =>
            (0.5 + 0.3 * Math.Clamp(texture.Height(u, v), -1, 1) + 0.05 * random, 0))))];

    private static Tensor Scene(int side, ulong seed, Func<double, double, bool> large, Func<double, double, bool> small) =>
        Painted(side, seed, (u, v, random) =>
        {
            var covered = large(1.6 * (u + 0.3), 1.6 * (v - 0.2)) ? 0.8 : small(3 * (u - 0.6), 3 * (v + 0.5)) ? 0.1 : 0.35 - 0.2 * v;
            return (covered + 0.02 * random, 0.3 * u * v);
        });

    // Each picture mixes two colours of its own by the first number; the second is added to all.
    private static Tensor Painted(int side, ulong seed, Func<double, double, double, (double Share, double Light)> paint)
    {
        var random = new SplitMix64(seed);
        var (dark, bright) = (Colour(ref random, 0.05, 0.45), Colour(ref random, 0.55, 0.95));
        var picture = new double[3, side, side];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var (share, light) = paint((2.0 * column + 1) / side - 1, (2.0 * row + 1) / side - 1, random.Noise());
                for (var c = 0; c < 3; c++)
                    picture[c, row, column] = Math.Clamp(dark[c] + share * (bright[c] - dark[c]) + light + 0.01 * random.Noise(), 0, 1);
            }
        }

        return tensor(picture).DetachFromDisposeScope();
    }

    private static double[] Colour(ref SplitMix64 random, double low, double high) =>
        [random.Uniform(low, high), random.Uniform(low, high), random.Uniform(low, high)];

    // A triangle wave of period 1 from −1 to 1: sines round differently between platforms.
    private static double Wave(double x) => 4 * Math.Abs(x - Math.Floor(x + 0.5)) - 1;
}
