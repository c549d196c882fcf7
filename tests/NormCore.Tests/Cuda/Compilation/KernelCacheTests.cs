using System.Collections.Concurrent;
using System.Text;
using NormCore.Kernels;
using NormCore.Tests.Native;

namespace NormCore.Tests.Cuda.Compilation;

public sealed class KernelCacheTests : IDisposable
{
    private static readonly KernelVariant Some = new("rows_forward", "entry", ["A=1", "B=2"]);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_one_process_compiled_the_next_reads()
    {
        var first = new CountingCompiler();
        var image = new KernelCache(first, Folder).Get(Some, "sm_90");
        var second = new CountingCompiler();
        Assert.Equal(image, new KernelCache(second, Folder).Get(Some, "sm_90"));
        Assert.Equal((1, 0), (first.Calls, second.Calls));
    }

    [Fact]
    public void Another_source_define_architecture_or_compiler_is_another_kernel()
    {
        var compiler = new CountingCompiler();
        var cache = new KernelCache(compiler, Folder);
        cache.Get(Some, "sm_90");
        cache.Get(Some with { Family = "rows_backward" }, "sm_90");
        cache.Get(Some with { Defines = ["A=1", "B=3"] }, "sm_90");
        cache.Get(Some with { Defines = ["A=1"] }, "sm_90");
        cache.Get(Some, "sm_80");
        Assert.Equal(5, compiler.Calls);
        var newer = new CountingCompiler { Name = "counting 2" };
        new KernelCache(newer, Folder).Get(Some, "sm_90");
        Assert.Equal(1, newer.Calls);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("cut short")]
    [InlineData("one bit")]
    [InlineData("too long")]
    public void A_damaged_file_is_compiled_again_and_replaced(string damage)
    {
        var compiler = new CountingCompiler();
        var image = new KernelCache(compiler, Folder).Get(Some, "sm_90");
        var file = Assert.Single(Directory.GetFiles(Folder));
        var content = File.ReadAllBytes(file);
        if (damage == "one bit") content[^1] ^= 1;
        File.WriteAllBytes(file, damage switch
        {
            "empty" => [],
            "cut short" => content[..^1],
            "too long" => [.. content, 0],
            _ => content,
        });
        Assert.Equal(image, new KernelCache(compiler, Folder).Get(Some, "sm_90"));
        Assert.Equal(image, new KernelCache(compiler, Folder).Get(Some, "sm_90"));
        Assert.Equal(2, compiler.Calls);
    }

    [Fact]
    public void Where_nothing_can_be_written_kernels_are_compiled_all_the_same()
    {
        var file = Path.Combine(folder.Root, "a file");
        File.WriteAllText(file, "");
        foreach (var impossible in (string?[])[null, Path.Combine(file, "kernels")])
        {
            var compiler = new CountingCompiler();
            Assert.Equal(compiler.Compile("", "sm_90", Some.Defines), new KernelCache(compiler, impossible).Get(Some, "sm_90"));
        }
    }

    [Fact]
    public void Many_at_once_leave_one_whole_file()
    {
        var images = new ConcurrentBag<string>();
        Parallel.For(0, 32, _ => images.Add(Encoding.UTF8.GetString(new KernelCache(new CountingCompiler(), Folder).Get(Some, "sm_90"))));
        Assert.Single(images.Distinct());
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void An_unknown_family_is_an_error_that_names_it()
    {
        var error = Assert.Throws<CudaException>(() => new KernelCache(new CountingCompiler(), null).Get(Some with { Family = "no_such" }, "sm_90"));
        Assert.Contains("no_such.cu", error.Message);
    }

    private string Folder => Path.Combine(folder.Root, "kernels");

    private sealed class CountingCompiler : IKernelCompiler
    {
        private int calls;

        public int Calls => calls;

        public string Name { get; init; } = "counting 1";

        public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
        {
            Interlocked.Increment(ref calls);
            return Encoding.UTF8.GetBytes($"{architecture} {string.Join(' ', defines)}");
        }
    }
}
