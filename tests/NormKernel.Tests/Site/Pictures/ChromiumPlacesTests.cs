using NormKernel.Site.Pictures;

namespace NormKernel.Tests.Site.Pictures;

public sealed class ChromiumPlacesTests
{
    [Fact]
    public void The_chosen_browser_is_taken()
    {
        using var folder = new TestFolder();
        var browser = folder.Write("my-browser", "");

        Assert.Equal(browser, ChromiumPlaces.First(browser));
    }

    [Fact]
    public void A_choice_that_does_not_exist_never_falls_back_to_another_browser() =>
        Assert.Null(ChromiumPlaces.First("no-such-browser-anywhere"));
}
