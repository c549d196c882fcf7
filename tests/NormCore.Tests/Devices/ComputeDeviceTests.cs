using NormCore.Native;
using TorchSharp;

namespace NormCore.Tests.Devices;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData(null, "cpu", 0, DeviceType.CPU, -1)]
    [InlineData(" ", "cpu", 0, DeviceType.CPU, -1)]
    [InlineData(null, "cuda", 0, DeviceType.CPU, -1)]
    [InlineData(null, "cuda", 2, DeviceType.CUDA, 0)]
    [InlineData("cpu", "cuda", 2, DeviceType.CPU, -1)]
    [InlineData("CUDA", "cuda", 2, DeviceType.CUDA, 0)]
    [InlineData("cuda:1", "cuda", 2, DeviceType.CUDA, 1)]
    public void A_wish_comes_first_then_a_GPU_then_the_CPU(string? wish, string backend, int gpus, DeviceType type, int index) =>
        Assert.Equal((type, index), ComputeDevice.Resolve(wish, backend, gpus));

    [Theory]
    [InlineData("gpu", "cuda", 1, "cpu, cuda or cuda:1")]
    [InlineData("cuda:", "cuda", 1, "cpu, cuda or cuda:1")]
    [InlineData("cuda:-1", "cuda", 1, "cpu, cuda or cuda:1")]
    [InlineData("cpu:1", "cuda", 1, "cpu, cuda or cuda:1")]
    [InlineData("cuda", "cpu", 0, "-p:TorchBackend=cuda")]
    [InlineData("cuda", "cuda", 0, "no GPU")]
    [InlineData("cuda:2", "cuda", 2, "2 GPU(s)")]
    public void An_impossible_wish_is_refused_with_the_way_out(string wish, string backend, int gpus, string way)
    {
        var message = Assert.Throws<InvalidOperationException>(() => ComputeDevice.Resolve(wish, backend, gpus)).Message;
        Assert.Contains(wish, message, StringComparison.Ordinal);
        Assert.Contains(way, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_for_the_CPU_computes_on_the_CPU()
    {
        Assert.SkipUnless(NativeTorch.Backend == "cpu", "this build is for cuda");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NORM_DEVICE") is null, "NORM_DEVICE is set");
        Assert.Equal(DeviceType.CPU, ComputeDevice.Default.type);
    }
}
