using CudaBenchmark;
using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Native;

namespace NormCore.Tests.Cuda.Benchmark;

/// <summary>The program that times the kernels on a GPU, as far as it goes without one.</summary>
[Collection(nameof(Kernels.Alone))] // It writes to the console.
public sealed class BenchmarkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_row_agrees_with_float64()
    {
        var (code, output, error) = Run("--driver", FakeDriver(), "--nvrtc", FakeNvrtc(), "--validate", "--elements", "6000");
        Assert.True(code == 0, output + error);
        Assert.Contains("35 of 35 rows agree with float64, forward and backward.", output);
    }

    [Fact]
    public void A_row_is_timed_and_printed_as_Markdown()
    {
        // The fake driver's clock says one millisecond to everything: a copy moves as much as forward must, and backward half as much again.
        var (code, output, error) = Run("--driver", FakeDriver(), "--nvrtc", FakeNvrtc(), "--only", "InstanceNorm bf16 64×2048×7×7", "--elements", "6000", "--timed-elements", "100000", "--runs", "1");
        Assert.True(code == 0, output + error);
        Assert.Contains("| InstanceNorm | bf16 | 64×2048×7×7 | 1000.0 | 1000.0 | 0 | 1 | 1.00 | 1.25 |", output);
    }

    [Fact]
    public void Without_a_driver_or_with_no_such_row_it_says_so_and_ends_with_2()
    {
        var (code, _, error) = Run("--driver", "no-such-driver.so");
        Assert.Equal(2, code);
        Assert.Contains("no-such-driver.so", error);
        (code, _, error) = Run("--only", "no such row");
        Assert.Equal(2, code);
        Assert.Contains("LayerNorm bf16 32768×1024", error);
    }

    private static string FakeDriver()
    {
        Gcc.Require();
        FakeCuda.Reset();
        return FakeCuda.Path;
    }

    private string FakeNvrtc() => Gcc.Library(File.ReadAllText(Path.Combine(Gcc.Shim, "gccnvrtc.cpp")), $"-DSHIM=\"{Gcc.Shim}\"", $"-DOUT=\"{folder.Root}\"");

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using StringWriter written = new(), complained = new();
        Console.SetOut(written);
        Console.SetError(complained);
        try
        {
            return (Program.Main(arguments), written.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
