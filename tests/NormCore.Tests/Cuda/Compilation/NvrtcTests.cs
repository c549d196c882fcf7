using System.Text;
using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Native;

namespace NormCore.Tests.Cuda.Compilation;

public sealed class NvrtcTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sm_80", "cubin\n--gpu-architecture=sm_80\n")]
    [InlineData("sm_90", "cubin\n--gpu-architecture=sm_90\n")]
    [InlineData("sm_89", "ptx\n--gpu-architecture=compute_80\n")]
    [InlineData("sm_120", "ptx\n--gpu-architecture=compute_90\n")]
    public void A_known_architecture_gets_its_code_and_a_newer_one_what_the_driver_can_translate(string architecture, string expected)
    {
        var image = Encoding.UTF8.GetString(Fake().Compile("", architecture, ["A=1", "B=2"]));
        Assert.StartsWith(expected, image);
        Assert.Contains("-DA=1\n-DB=2\n", image);
    }

    [Fact]
    public void An_architecture_older_than_all_that_it_knows_is_refused()
    {
        var error = Assert.Throws<CudaException>(() => Fake().Compile("", "sm_75", []));
        Assert.Contains("sm_75", error.Message);
        Assert.Contains("sm_80, sm_90", error.Message);
    }

    [Fact]
    public void What_does_not_compile_is_an_error_with_the_log()
    {
        var error = Assert.Throws<CudaException>(() => Fake().Compile("", "sm_90", ["REFUSED=1"]));
        Assert.Contains("kernels.cu(1): error: as the test wants", error.Message);
        Assert.Contains("NVRTC 12.8", error.Message);
    }

    [Fact]
    public void Its_version_is_part_of_its_name() => Assert.Equal("NVRTC 12.8", Fake().Name);

    [Fact]
    public void Without_it_the_error_says_what_brings_it()
    {
        var error = Assert.Throws<CudaException>(() => NvrtcCompiler.Load(NvrtcFiles.Find([], folder.Root)));
        Assert.Contains("NORM_NVRTC", error.Message);
        Assert.Contains("TorchSharp's CUDA packages", error.Message);
    }

    [Fact]
    public void It_is_found_by_the_names_that_packages_give_it_with_builtins_from_any_folder()
    {
        var one = folder.Folder("one", "libnvrtc-672ee683.so.11.2", "libnvrtc.alt.so.12", "libc10.so");
        var two = folder.Folder("two", "libnvrtc.so.12", "libnvrtc-builtins.so.12.8");
        var found = NvrtcFiles.Find([Path.Combine(folder.Root, "missing"), one, two], wish: "").Where(files => files.Library.Contains(folder.Root)).ToArray();
        Assert.Equal([Path.Combine(one, "libnvrtc-672ee683.so.11.2"), Path.Combine(two, "libnvrtc.so.12")], found.Select(files => files.Library));
        Assert.All(found, files => Assert.Equal(Path.Combine(two, "libnvrtc-builtins.so.12.8"), files.Builtins));
    }

    [Fact]
    public void A_wish_is_a_folder_or_a_file_and_goes_before_everything()
    {
        var wished = folder.Folder("wished", "libnvrtc.so.13");
        var other = folder.Folder("other", "libnvrtc.so.12");
        var file = Path.Combine(wished, "libnvrtc.so.13");
        Assert.Equal([file], NvrtcFiles.Find([other], wished).Select(files => files.Library));
        Assert.Equal([file], NvrtcFiles.Find([other], file).Select(files => files.Library));
    }

    private static NvrtcCompiler Fake()
    {
        Gcc.Require();
        return NvrtcCompiler.Load([new NvrtcFiles(Gcc.Library(File.ReadAllText(Path.Combine(Gcc.Shim, "fakenvrtc.cpp"))), null)]);
    }
}
