using NormKernel.Packing;

namespace NormKernel.Tests.Packing;

public class PackageVersionTests
{
    private static readonly DateTimeOffset SecondOfJanuary = new(2026, 1, 2, 0, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_version_counts_the_minutes_since_the_start_of_2026() =>
        Assert.Equal("1.0.1470", PackageVersion.Next(SecondOfJanuary, []));

    [Fact]
    public void Packing_twice_in_a_minute_gives_two_versions() =>
        Assert.Equal("1.0.1472", PackageVersion.Next(SecondOfJanuary, ["packages/NormCore.1.0.1471.nupkg", "packages/Norm.Lab.1.0.1470.nupkg"]));

    [Fact]
    public void Packages_with_other_versions_do_not_matter() =>
        Assert.Equal("1.0.1470", PackageVersion.Next(SecondOfJanuary, ["Foo.2.3.4-beta.nupkg", "Bar.nupkg"]));
}
