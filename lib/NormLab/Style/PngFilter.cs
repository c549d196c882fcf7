namespace NormLab.Style;

/// <summary>PNG's prediction of a byte from its neighbours a (left), b (above) and c (above left): ISO/IEC 15948:2004, section 9.</summary>
internal static class PngFilter
{
    public const byte Paeth = 4;

    /// <summary>The bytes of the picture, from lines that begin with the number of their filter.</summary>
    public static byte[] Undone(byte[] lines, int height, int width, int samples)
    {
        var pixels = new byte[height * width];
        for (var y = 0; y < height; y++)
        {
            var filter = lines[y * (width + 1)];
            for (var x = 0; x < width; x++)
                pixels[y * width + x] = (byte)(lines[y * (width + 1) + 1 + x] + Prediction(filter, pixels, y, x, width, samples));
        }

        return pixels;
    }

    /// <summary>The lines that <see cref="Undone"/> takes, all with the filter Paeth, which suits photographs.</summary>
    public static byte[] Done(byte[] pixels, int height, int width, int samples)
    {
        var lines = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
        {
            lines[y * (width + 1)] = Paeth;
            for (var x = 0; x < width; x++)
                lines[y * (width + 1) + 1 + x] = (byte)(pixels[y * width + x] - Prediction(Paeth, pixels, y, x, width, samples));
        }

        return lines;
    }

    private static int Prediction(byte filter, byte[] pixels, int y, int x, int width, int samples)
    {
        int At(int row, int column) => row < 0 || column < 0 ? 0 : pixels[row * width + column];
        var (a, b, c) = (At(y, x - samples), At(y - 1, x), At(y - 1, x - samples));
        return filter switch
        {
            0 => 0,
            1 => a,
            2 => b,
            3 => (a + b) / 2,
            Paeth => Nearest(a, b, c),
            _ => throw new InvalidDataException($"The PNG has a line with filter {filter}; there are 0 to 4, so it is damaged."),
        };
    }

    private static int Nearest(int a, int b, int c)
    {
        var (toA, toB, toC) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - 2 * c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}
