using NormKernel.Paper.Text;

namespace NormKernel.Tests.Paper.Text;

public sealed class SectionNumbersTests
{
    [Fact]
    public void Sections_are_counted_in_their_chapter_and_parts_in_their_section()
    {
        var numbers = new SectionNumbers(3);

        Assert.Equal(["3", "3.1", "3.1.1", "3.1.2", "", "3.2", "3.2.1"], new[] { 1, 2, 3, 3, 4, 2, 3 }.Select(numbers.Next));
    }
}
