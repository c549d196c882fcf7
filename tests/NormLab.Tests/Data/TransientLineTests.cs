using NormLab.Data;

namespace NormLab.Tests.Data;

public class TransientLineTests
{
    [Fact]
    public void A_line_is_overwritten_in_full_and_wiped_at_the_end()
    {
        using var console = new StringWriter();
        using (var line = new TransientLine(console))
        {
            line.Show("10 of 26 MB");
            line.Show("done");
        }

        Assert.Equal("\r10 of 26 MB\rdone       \r    \r", console.ToString());
    }

    [Fact]
    public void A_line_that_never_showed_anything_leaves_nothing()
    {
        using var console = new StringWriter();
        new TransientLine(console).Dispose();
        Assert.Empty(console.ToString());
    }
}
