namespace NormLab.Data;

/// <summary>Where a shape lies in an image: its centre and size in pixels, and its angle as a cosine and a sine.</summary>
internal readonly record struct Placement(double X, double Y, double Size, double Cosine, double Sine)
{
    public static Placement Random(ref SplitMix64 random, double smallest, double largest)
    {
        var size = random.Uniform(smallest, largest);
        var (x, y) = (random.Uniform(10, 18), random.Uniform(10, 18));

        // An angle within about 22° of upright, from a tangent: sines and cosines round differently between platforms.
        var tangent = random.Uniform(-0.4, 0.4);
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        return new(x, y, size, cosine, tangent * cosine);
    }

    /// <summary>A point of the image in the shape's own frame, where the shape spans −1 to 1.</summary>
    public (double U, double V) ToShape(double column, double row)
    {
        var (dx, dy) = ((column - X) / Size, (row - Y) / Size);
        return (Cosine * dx + Sine * dy, Cosine * dy - Sine * dx);
    }

    /// <summary>The share of a pixel that the shape covers, from 2×2 points in it.</summary>
    public double Coverage(Func<double, double, bool> covers, int column, int row)
    {
        var covered = 0;
        foreach (var (dx, dy) in SubPixels)
        {
            var (u, v) = ToShape(column + dx, row + dy);
            covered += covers(u, v) ? 1 : 0;
        }

        return covered / 4.0;
    }

    private static readonly (double, double)[] SubPixels = [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)];
}
