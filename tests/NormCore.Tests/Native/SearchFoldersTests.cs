using NormCore.Native;

namespace NormCore.Tests.Native;

public class SearchFoldersTests
{
    private static readonly string Native = Path.Combine("runtimes", NativePlatform.RuntimeId, "native");

    [Fact]
    public void Folders_come_in_the_documented_order()
    {
        using var temporary = new TemporaryFolder();
        string At(string name) => Path.Combine(temporary.Root, name);
        var context = new SearchContext
        {
            Override = At("override"),
            HostFolders = [At("host")],
            AppFolder = At("app"),
            TorchSharpFile = Path.Combine(At("around"), "torchsharp", "1.2.3", "lib", "net8.0", "TorchSharp.dll"),
            ProbingFolders = [At("probing")],
            NuGetPackages = At("nuget"),
            Home = At("home"),
            Backend = "cpu",
        };
        string[] caches = [At("around"), At("probing"), At("nuget"), Path.Combine(At("home"), ".nuget", "packages")];
        Assert.Equal(
            [
                At("override"), At("host"), At("app"), Path.Combine(At("app"), Native),
                .. caches.SelectMany(cache => new[]
                {
                    Path.Combine(cache, "torchsharp", TorchBuild.TorchSharpVersion, Native),
                    Path.Combine(cache, $"libtorch-cpu-{NativePlatform.RuntimeId}", TorchBuild.LibTorchVersion, Native),
                }),
            ],
            SearchFolders.Of(context));
    }

    [Fact]
    public void Nothing_given_is_nothing_searched_and_nothing_is_searched_twice()
    {
        Assert.Empty(SearchFolders.Of(new SearchContext { Backend = "cpu", TorchSharpFile = "" }));
        var app = Path.GetFullPath("app");
        Assert.Equal(2, SearchFolders.Of(new SearchContext { Backend = "cpu", HostFolders = [app + Path.DirectorySeparatorChar], AppFolder = app }).Count);
    }

    [Fact]
    public void TorchSharp_outside_a_package_cache_points_to_no_cache() =>
        Assert.Empty(SearchFolders.Of(new SearchContext { Backend = "cpu", TorchSharpFile = Path.GetFullPath("TorchSharp.dll") }));

    [Fact]
    public void All_parts_of_the_GPU_packages_are_searched_and_no_other_backend()
    {
        using var temporary = new TemporaryFolder();
        foreach (var package in new[] { "libtorch-cuda-12.8-{0}", "libtorch-cuda-12.8-{0}-part1", "libtorch-cuda-12.8-{0}-part2-primary", "libtorch-cpu-{0}" })
            temporary.Folder(string.Format(System.Globalization.CultureInfo.InvariantCulture, package, NativePlatform.RuntimeId));
        var folders = SearchFolders.Of(new SearchContext { Backend = "cuda", NuGetPackages = temporary.Root });
        Assert.Equal(4, folders.Count); // TorchSharp's own and three parts
        Assert.DoesNotContain(folders, folder => folder.Contains("libtorch-cpu", StringComparison.Ordinal));
    }
}
