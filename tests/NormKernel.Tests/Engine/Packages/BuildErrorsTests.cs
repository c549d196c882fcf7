using NormKernel.Engine.Packages;

namespace NormKernel.Tests.Engine.Packages;

public sealed class BuildErrorsTests
{
    [Fact]
    public void Errors_are_listed_once_without_the_project_behind_them() =>
        Assert.Equal(
            ["/a/Up.cs(1,2): error CS0103: The name [x] is unknown", "error NU1101: Unable to find package A"],
            BuildErrors.In("noise\n/a/Up.cs(1,2): error CS0103: The name [x] is unknown [/a/Up.csproj]\n/a/Up.cs(1,2): error CS0103: The name [x] is unknown [/a/Up.csproj::TargetFramework=net10.0]\r\n  error NU1101: Unable to find package A [/a/packages.csproj]\n"));

    [Fact]
    public void Where_nothing_looks_like_an_error_everything_is_shown() => Assert.Equal(["one", "two"], BuildErrors.In("one\n\n two\n"));
}
