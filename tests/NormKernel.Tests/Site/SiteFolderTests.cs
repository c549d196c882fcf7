using NormKernel.Site;

namespace NormKernel.Tests.Site;

public sealed class SiteFolderTests : IDisposable
{
    private const string Ours = $"<meta name=\"generator\" content=\"{SiteFolder.Generator}\">";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Replace(params string[] paths) =>
        SiteFolder.Replace(folder["site"], paths.ToDictionary(path => path, _ => System.Text.Encoding.UTF8.GetBytes(Ours)));

    [Fact]
    public void An_earlier_site_is_replaced_as_a_whole()
    {
        Replace("index.html", "old.html");
        Replace("index.html", "assets/new.css");

        Assert.False(File.Exists(folder["site/old.html"]));
        Assert.True(File.Exists(folder["site/assets/new.css"]));
        Assert.Equal([folder["site"]], Directory.GetDirectories(folder.Root));
    }

    [Fact]
    public void What_an_interrupted_build_left_is_cleared_away()
    {
        folder.Write("site.new/half.html", "half");

        Replace("index.html");

        Assert.False(File.Exists(folder["site/half.html"]));
        Assert.Equal([folder["site"]], Directory.GetDirectories(folder.Root));
    }

    [Fact]
    public void A_folder_that_no_build_wrote_is_left_alone()
    {
        folder.Write("site/thesis.tex", "years of work");

        var error = Assert.Throws<IOException>(() => Replace("index.html"));

        Assert.Contains("no site build wrote", error.Message, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(folder["site/thesis.tex"]));
    }
}
