using NormLab.Style;
using static TorchSharp.torch;

namespace NormLab.Tests.Style;

public class PngTests
{
    // 3×5, written by another program, with the five filters in turn, a text chunk and the data in two pieces; sample x of line y is 37y² + 91x + 13x²y mod 256.
    private const string Rgb = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAIAAAAPE8H1AAAAA3RFWHRrAHbLBPOQAAAAHklEQVR4nAEyAM3/AABbthFsxyJ92AEljQ+G1CJwvgwCb3xQYJXUAAAAH0lEQVSj5D+0Q+yvAwPLRk9yIV4n/gQDEDd400iNxf3j4hQ2wnmgvQAAAABJRU5ErkJggg==";
    private const string Grey = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAAAAAClGgl+AAAAA3RFWHRrAHbLBPOQAAAADklEQVR4nGNgiN7GqJrRxJRfs1JdFb8AAAAOSURBVJiZecl9FmYBcwA5VQWJRiCSSQAAAABJRU5ErkJggg==";
    private const string GreyAlpha = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAQAAAAqeJ4pAAAAA3RFWHRrAHbLBPOQAAAAFklEQVR4nGNgiN4mmHOcUbX3lVxQG1N+zeInS7IqpgAAABZJREFU9luYmU8r8HUJsTALmKdd/gYA2DQMaJ88244AAAAASUVORK5CYII=";
    private const string RgbAlpha = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAYAAACAcVaiAAAAA3RFWHRrAHbLBPOQAAAAJklEQVR4nAFBAL7/AABbthFsxyJ92DOO6QEljQ+rPKQMdNxErBQCb3yj5Ed4PQwAAAAmSURBVD+0Q+yvjIOUAwPLRnazCW3dW2V9IQQDEDd400jXjCzMFwxopRpcen9yCwAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData(Grey, 1)]
    [InlineData(GreyAlpha, 2)]
    [InlineData(Rgb, 3)]
    [InlineData(RgbAlpha, 4)]
    public void A_file_of_another_program_is_read_through_every_filter(string file, int samples)
    {
        using var scope = NewDisposeScope();
        var picture = PngReader.Read(Convert.FromBase64String(file));
        var expected = new double[3, 5, 3];
        for (var y = 0; y < 5; y++)
            for (var x = 0; x < 9; x++)
                expected[x % 3, y, x / 3] = Sample(y, x / 3 * samples + (samples < 3 ? 0 : x % 3)) / 255.0;
        Assert.Equal(tensor(expected).data<double>().ToArray(), picture.data<double>().ToArray());

        static int Sample(int y, int x) => (37 * y * y + 91 * x + 13 * x * x * y) % 256;
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var picture = (rand(3, 17, 23, generator: generator, dtype: float64) * 255).round() / 255;
        Assert.Equal(picture.data<double>().ToArray(), PngReader.Read(PngWriter.Write(picture)).data<double>().ToArray());
    }

    [Fact]
    public void Few_levels_round_each_sample_to_the_nearest_and_what_lies_outside_is_clipped()
    {
        using var scope = NewDisposeScope();
        var picture = tensor(new[] { -1, 0.2, 0.3, 0.7, 0.8, 7 }).reshape(1, 1, 6).expand(3, 1, 6);
        var read = PngReader.Read(PngWriter.Write(picture, levels: 3)).narrow(0, 0, 1);
        Assert.Equal([0, 0, 128 / 255.0, 128 / 255.0, 1, 1], read.data<double>().ToArray());
    }

    [Fact]
    public void Files_that_cannot_be_read_say_why()
    {
        var good = Convert.FromBase64String(Rgb);
        byte[] With(int at, byte value) => [.. good[..at], value, .. good[(at + 1)..]];
        Assert.Contains("signature", Refusal([1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("16 bits", Refusal(With(24, 16)), StringComparison.Ordinal);
        Assert.Contains("colour type 3", Refusal(With(25, 3)), StringComparison.Ordinal);
        Assert.Contains("interlaced", Refusal(With(28, 1)), StringComparison.Ordinal);
        Assert.Contains("damaged", Refusal(With(33, 0x7F)), StringComparison.Ordinal);

        static string Refusal(byte[] file) => Assert.Throws<InvalidDataException>(() => PngReader.Read(file)).Message;
    }
}
