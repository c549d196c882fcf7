namespace NormCore.Tests.Cuda.ForGpus;

/// <summary>The kernels as a GPU gets them: NVRTC makes machine code of every variant that the shapes need.</summary>
public class CubinTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(8, 163, 108)]
    [InlineData(9, 227, 132)]
    public void Every_shape_compiles_and_no_register_spills(int major, int kilobytes, int multiprocessors)
    {
        Assert.SkipUnless(Nvrtc.IsHere, "NVRTC is not here; it makes machine code of the kernels (TorchSharp's CUDA packages, Debian's libnvrtc11.2 of non-free, or NORM_NVRTC)");
        var nvrtc = new Nvrtc();
        EveryShape.LaunchOn(nvrtc, major, kilobytes, multiprocessors);
        foreach (var kernel in nvrtc.Made.OrderByDescending(kernel => kernel.Registers)) output.WriteLine($"{kernel.Registers,4} registers, {kernel.Spilled} bytes spilled: {kernel.Kernel}");
        Assert.NotEmpty(nvrtc.Made);
        Assert.All(nvrtc.Made, kernel => Assert.Equal((0, 0), (kernel.Frame, kernel.Spilled)));
    }
}
