using NormKernel.Notebooks;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pictures;
using NormKernel.Site.Pictures.Png;

namespace NormKernel.Tests.Site.Pictures;

public class SmallPicturesTests
{
    [Fact]
    public void A_picture_of_few_colours_keeps_every_pixel()
    {
        var picture = Picture(40, 30, (x, y) => (x / 10, y / 10, 7));

        var palette = Palette.Of(picture);

        Assert.Equal(12, palette.Colors.Count);
        Assert.All(Colors(picture), color => Assert.Equal(color, palette.Colors[palette[color]]));
    }

    [Fact]
    public void Of_many_colours_those_that_stand_for_the_others_are_near()
    {
        var picture = Picture(64, 64, (x, y) => (4 * x, 4 * y, 128));

        var palette = Palette.Of(picture);

        // 4096 colours on a square of 64 by 64: a box of 16 of them is 4 by 4, and its mean is at most 2 steps of 4 from any.
        Assert.Equal(256, palette.Colors.Count);
        Assert.All(Colors(picture), color => Assert.InRange(Distance(color, palette.Colors[palette[color]]), 0, 16));
    }

    [Fact]
    public void A_picture_is_read_with_every_filter_and_put_on_white()
    {
        var picture = PngReader.Read(Convert.FromBase64String(Committed()));

        Assert.Equal(File.ReadAllText(Fixture.PathOf("noise.rgb.txt")), Convert.ToBase64String(picture!.Rgb));
    }

    [Fact]
    public void Pictures_of_a_browser_get_smaller_once_and_are_then_left_alone()
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.ChartWithPicture("Loss", Committed())).Build();
        var before = Png(notebook);

        SmallPictures.Make(notebook);
        var small = Png(notebook);
        SmallPictures.Make(notebook);

        Assert.Equal(small, Png(notebook));
        Assert.True(small.Length <= before.Length);
        Assert.Null(PngReader.Read(Convert.FromBase64String(small)));
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwA=")]
    public void What_cannot_be_read_stays_as_it_is(string png)
    {
        var notebook = new SampleNotebook().Code("x", SampleNotebook.ChartWithPicture("Loss", png)).Build();

        SmallPictures.Make(notebook);

        Assert.Equal(png, Png(notebook));
    }

    // 32 by 32 pixels of noise in eight colours, as true colour with transparency, rows filtered by each of the five filters.
    private static string Committed() => File.ReadAllText(Fixture.PathOf("noise.png.txt"));

    private static string Png(Notebook notebook) => MultilineText.Join(notebook.Cells[0].Outputs[0]!["data"]![Mime.Png]);

    private static PngPixels Picture(int width, int height, Func<int, int, (int R, int G, int B)> color)
    {
        var rgb = new byte[3 * width * height];
        for (var at = 0; at < width * height; at++)
        {
            var (r, g, b) = color(at % width, at / width);
            (rgb[3 * at], rgb[(3 * at) + 1], rgb[(3 * at) + 2]) = ((byte)r, (byte)g, (byte)b);
        }

        return new(width, height, rgb);
    }

    private static IEnumerable<int> Colors(PngPixels picture) =>
        Enumerable.Range(0, picture.Width * picture.Height).Select(at => Palette.Color(picture.Rgb, 3 * at)).Distinct();

    private static int Distance(int a, int b) => Enumerable.Range(0, 3).Select(channel => 8 * channel).Max(bits => Math.Abs(((a >> bits) & 255) - ((b >> bits) & 255)));
}
