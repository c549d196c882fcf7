using NormKernel.Running;

namespace NormKernel.Tests.Running;

public class StreamTextTests
{
    [Fact]
    public void Endless_output_is_cut_and_says_so()
    {
        var text = new StreamText();
        for (var line = 0; line < 30_000; line++)
            text.Append("a line that an endless loop prints over and over\n");

        Assert.InRange(text.ToString().Length, StreamText.MostCharacters, StreamText.MostCharacters + 200);
        Assert.EndsWith("longer than 1 000 000 characters\n", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_progress_line_is_not_long_output()
    {
        var text = new StreamText();
        for (var step = 0; step < 100_000; step++)
            text.Append($"\rstep {step} of 100000");

        Assert.Equal("step 99999 of 100000", text.ToString());
    }
}
