using NormKernel.Site.Text;

namespace NormKernel.Tests.Site.Text;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m and \u001b[1;38;5;4mblue\u001b[m", "red and blue")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("epoch 1\repoch 2\repoch 3\ndone", "epoch 3\ndone")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("50 %\r", "50 %")]
    [InlineData("plain [31m text", "plain [31m text")]
    public void Text_reads_as_it_would_on_a_terminal(string printed, string read) =>
        Assert.Equal(read, TerminalText.Clean(printed));
}
