namespace NormCore.Tests.Cuda.ForGpus;

/// <summary>The sources as CUDA C++: every variant that the shapes need becomes PTX.</summary>
public class PtxTests
{
    [Theory]
    [InlineData(8, 163, 108)]
    [InlineData(9, 227, 132)]
    public void Every_shape_compiles_and_keeps_its_registers(int major, int kilobytes, int multiprocessors)
    {
        Assert.SkipWhen(Clang.Program is null, "clang 16 or later is not installed; it translates the kernels to PTX (Debian's package clang-16)");
        var clang = new Clang();
        EveryShape.LaunchOn(clang, major, kilobytes, multiprocessors);
        var all = clang.Made;
        Assert.Equal(major >= 9, all.Any(made => made.Ptx.Contains("mapa.shared::cluster", StringComparison.Ordinal)));
        // An array that is indexed by what is not known lies in memory of the thread's own, as do registers that spill later.
        Assert.All(all, made => Assert.DoesNotContain(".local", made.Ptx, StringComparison.Ordinal));
    }
}
