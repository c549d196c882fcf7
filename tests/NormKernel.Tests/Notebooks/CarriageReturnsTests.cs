using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public class CarriageReturnsTests
{
    [Theory]
    [InlineData("plain\ntext", "plain\ntext")]
    [InlineData("10 %\r20 %\r100 %\n", "100 %\n")]
    [InlineData("longer\rshort", "shortr")]
    [InlineData("windows\r\nlines\r\n", "windows\nlines\n")]
    [InlineData("waiting\r", "waiting")]
    [InlineData("a\r\r\rb", "b")]
    [InlineData("\r10 MB\r     \r", "")]
    [InlineData("\r10 MB\r     \rdone\n", "done\n")]
    [InlineData("x\ny\rz\nw", "x\nz\nw")]
    public void Text_is_left_as_a_terminal_would_leave_it(string text, string shown) =>
        Assert.Equal(shown, CarriageReturns.Collapse(text));
}
