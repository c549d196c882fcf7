namespace NormKernel.Site.Pictures.Png;

/// <summary>At most 256 colours that stand for all colours of a picture, and for each colour the one that stands for it.</summary>
internal sealed class Palette
{
    private const int Size = 256;

    private readonly Dictionary<int, byte> places = [];

    private Palette(List<int> colors) => Colors = colors;

    /// <summary>Each as 0xRRGGBB.</summary>
    public IReadOnlyList<int> Colors { get; }

    public byte this[int color] => places[color];

    /// <summary>
    /// The colours themselves where they are few. Otherwise the box of all colours is cut in two at the median pixel of its longest
    /// edge, and so on with the box whose pixels times edge is largest; each last box gives the mean of its pixels.
    /// </summary>
    public static Palette Of(PngPixels picture)
    {
        var counts = new Dictionary<int, int>();
        for (var at = 0; at < picture.Rgb.Length; at += 3)
        {
            var color = Color(picture.Rgb, at);
            counts[color] = counts.GetValueOrDefault(color) + 1;
        }

        // Sorted, so that the same picture gives the same palette everywhere.
        var boxes = new List<Box> { new([.. counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))]) };
        while (boxes.Count < Size && boxes.Where(box => box.Colors.Length > 1).MaxBy(box => box.Weight) is { } widest)
        {
            boxes.Remove(widest);
            boxes.AddRange(widest.Cut());
        }

        var palette = new Palette([.. boxes.Select(box => box.Mean)]);
        for (var index = 0; index < boxes.Count; index++)
        {
            foreach (var (color, _) in boxes[index].Colors)
                palette.places[color] = (byte)index;
        }

        return palette;
    }

    public static int Color(byte[] rgb, int at) => (rgb[at] << 16) | (rgb[at + 1] << 8) | rgb[at + 2];

    private sealed class Box
    {
        private static readonly int[] Channels = [16, 8, 0];

        private readonly int shift, edge;

        public Box((int Color, int Count)[] colors)
        {
            Colors = colors;
            (shift, edge) = Channels.Select(bits => (bits, colors.Max(pair => Channel(pair.Color, bits)) - colors.Min(pair => Channel(pair.Color, bits)))).MaxBy(pair => pair.Item2);
            Pixels = colors.Sum(pair => (long)pair.Count);
        }

        public (int Color, int Count)[] Colors { get; }

        // The root keeps the large white area from taking every colour of thin lines.
        public double Weight => Math.Sqrt(Pixels) * edge;

        public int Mean => Channels.Sum(bits => (int)Math.Round(Colors.Sum(pair => (double)Channel(pair.Color, bits) * pair.Count) / Pixels) << bits);

        private long Pixels { get; }

        public IEnumerable<Box> Cut()
        {
            var sorted = Colors.OrderBy(pair => Channel(pair.Color, shift)).ToArray();
            var middle = 1;
            for (long below = sorted[0].Count; middle < sorted.Length - 1 && below < Pixels / 2; middle++)
                below += sorted[middle].Count;
            return [new Box(sorted[..middle]), new Box(sorted[middle..])];
        }

        private static int Channel(int color, int bits) => (color >> bits) & 255;
    }
}
