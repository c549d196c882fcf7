namespace NormLab.Data;

/// <summary>
/// The built-in image set, for machines without real data and without a network: ten shapes, grey, 28×28, each at a
/// random place, size, angle and contrast, with a distractor and noise. Image i depends on the seed, the split and i
/// alone, so a smaller set is the beginning of a larger one, and every platform makes the same bytes.
/// </summary>
internal static class GeneratedImages
{
    public const string Name = "generated shapes";

    public static readonly string[] ClassNames = [.. Shapes.All.Select(shape => shape.Name)];

    public static RawImages Make(int count, ulong seed)
    {
        var pixels = new byte[count * RawImages.Pixels];
        var labels = new byte[count];
        Parallel.For(0, count, i =>
        {
            // Two rounds of the generator part the streams of neighbouring images.
            var random = new SplitMix64(new SplitMix64(seed * 0x2545F4914F6CDD1D + (ulong)i).Next());
            labels[i] = (byte)(random.Next() % (ulong)ClassNames.Length);
            Draw(Shapes.All[labels[i]].Covers, ref random, pixels.AsSpan(i * RawImages.Pixels, RawImages.Pixels));
        });
        return new(pixels, labels);
    }

    private static void Draw(Func<double, double, bool> covers, ref SplitMix64 random, Span<byte> pixels)
    {
        var shape = Placement.Random(ref random, 7, 12);
        var distractor = Placement.Random(ref random, 2, 5);
        var background = random.Uniform(20, 110);
        var contrast = random.Uniform(50, 140);
        var bright = random.Uniform(-60, 60);
        var slope = random.Uniform(-1.5, 1.5);
        var noise = random.Uniform(10, 35);

        for (var row = 0; row < RawImages.Side; row++)
        {
            for (var column = 0; column < RawImages.Side; column++)
            {
                var (u, v) = distractor.ToShape(column, row);
                var light = background + slope * (column - row) + noise * random.Noise();
                light += contrast * shape.Coverage(covers, column, row);
                light += u * u + v * v < 1 ? bright : 0;
                pixels[row * RawImages.Side + column] = (byte)Math.Clamp(light, 0, 255);
            }
        }
    }
}
