using NormLab.Data;

namespace NormLab.Tests.Data;

public class GeneratedImagesTests
{
    [Fact]
    public void The_same_seed_makes_the_same_bytes_here_and_on_every_platform() =>
        Assert.Equal("4b11a93f507bdda064f17286c0c32431674c159700cb647d019ec36fcc80805f", RawImages.Sha256(GeneratedImages.Make(100, 1)));

    [Fact]
    public void A_smaller_set_is_the_beginning_of_a_larger_one() =>
        Assert.Equal(RawImages.Sha256(GeneratedImages.Make(20, 1)), RawImages.Sha256(GeneratedImages.Make(100, 1).First(20)));

    [Fact]
    public void Another_seed_makes_other_images() =>
        Assert.NotEqual(GeneratedImages.Make(20, 1).Images, GeneratedImages.Make(20, 2).Images);

    [Fact]
    public void All_classes_are_about_equally_frequent()
    {
        var counts = GeneratedImages.Make(5000, 1).Labels.CountBy(label => label).ToDictionary();

        // 500 ± five standard deviations, √(5000·0.1·0.9) = 21 each.
        Assert.Equal(10, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 394, 606));
    }

    [Fact]
    public void Pixels_use_the_range_without_being_clipped_much()
    {
        var images = GeneratedImages.Make(500, 1).Images;
        Assert.InRange(images.Count(pixel => pixel is 0 or 255) / (double)images.Length, 0, 0.1);
        Assert.True(images.Distinct().Count() > 250);
    }
}
