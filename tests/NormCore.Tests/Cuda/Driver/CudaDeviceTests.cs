using System.Text;
using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;
using static NormCore.Tests.Cuda.Fake.FakeCuda;

namespace NormCore.Tests.Cuda.Driver;

/// <summary>How kernels are loaded and launched, by one that only writes a number and by a driver that refuses what NVIDIA's does.</summary>
public class CudaDeviceTests
{
    private static readonly KernelVariant Fill = new("rows_forward", "fill", ["BY=1"]);

    [Fact]
    public unsafe void A_kernel_gets_its_arguments_shape_and_stream()
    {
        var device = Fresh(new FillCompiler()).Device(1);
        var numbers = new float[70];
        fixed (float* first = numbers) Launch(device, Fill, new(3, 1, 32, 1, 1000), first, 70, 2.5f, stream: 77);
        Assert.All(numbers, number => Assert.Equal(2.5f, number));
        Assert.Equal([new("fill", 77, 1, new(3, 1, 32, 1, 1000))], Launches());
    }

    [Fact]
    public unsafe void A_kernel_is_compiled_once_for_a_device_and_each_variant_by_itself()
    {
        var compiler = new FillCompiler();
        var runtime = Fresh(compiler);
        float Once(int device, string by)
        {
            float number;
            Launch(runtime.Device(device), Fill with { Defines = [$"BY={by}"] }, new(1, 1, 32, 1, 0), &number, 1, 3, 0);
            return number;
        }
        for (var i = 0; i < 3; i++) Once(0, "1");
        Assert.Equal(1, compiler.Calls);
        Assert.Equal(6, Once(0, "2"));
        Assert.Equal(3, Once(1, "1"));
        Assert.Equal(3, compiler.Calls);
    }

    [Fact]
    public unsafe void The_context_of_the_thread_is_as_it_was_afterwards()
    {
        var runtime = Fresh(new FillCompiler());
        var other = FakeCuda.Driver.PrimaryContext(0);
        float number;
        var before = FakeCuda.Driver.Enter(other);
        try
        {
            Launch(runtime.Device(1), Fill, new(1, 1, 32, 1, 0), &number, 1, 1, 0);
            Assert.Equal(1, Launches()[0].Device);
            Assert.Equal(other, FakeCuda.Driver.Enter(other));
        }
        finally
        {
            FakeCuda.Driver.Leave(other, before);
        }
    }

    [Fact]
    public unsafe void A_thread_without_a_context_can_launch()
    {
        var device = Fresh(new FillCompiler()).Device(0);
        var numbers = new float[1];
        var thread = new Thread(() =>
        {
            fixed (float* first = numbers) Launch(device, Fill, new(1, 1, 32, 1, 0), first, 1, 4, 0);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(4, numbers[0]);
    }

    [Fact]
    public unsafe void Clusters_and_much_shared_memory_are_asked_for_where_a_shape_needs_them()
    {
        var device = Fresh(new FillCompiler()).Device(0);
        float number;
        LaunchShape[] shapes = [new(32, 1, 32, 2, 0), new(32, 1, 64, 16, 0), new(1, 1, 32, 1, 100 << 10), new(1, 1, 32, 1, 200 << 10), new(1, 1, 32, 1, 60 << 10)];
        foreach (var shape in shapes) Launch(device, Fill, shape, &number, 1, 1, 0);
        Assert.Equal(shapes, Launches().Select(launch => launch.Shape));
    }

    [Theory]
    [InlineData("cuLaunchKernel", 1)]
    [InlineData("cuModuleLoadData", 200)]
    [InlineData("cuModuleGetFunction", 500)]
    [InlineData("cuFuncSetAttribute", 1)]
    public unsafe void A_refusal_says_which_call_and_what_the_driver_says(string function, int code)
    {
        var device = Fresh(new FillCompiler()).Device(0);
        Fail(function, code);
        var error = Assert.Throws<CudaException>(() => Launch(device, Fill, new(1, 1, 32, 1, 100 << 10), null, 0, 1, 0));
        Assert.Contains(function, error.Message);
        Assert.Contains($"CUDA_ERROR_FAKE ({code})", error.Message);
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_error_that_counts_those_that_are()
    {
        var error = Assert.Throws<CudaException>(() => Fresh().Device(2));
        Assert.Contains("GPU 2", error.Message);
        Assert.Contains("finds 2", error.Message);
    }

    [Fact]
    public void Without_a_driver_the_error_names_the_file()
    {
        var runtime = new CudaRuntime(() => CudaDriver.Load("no-such-driver.so"), () => new FillCompiler(), null);
        Assert.Contains("no-such-driver.so", Assert.Throws<CudaException>(() => runtime.Device(0)).Message);
    }

    [Fact]
    public void The_properties_are_those_the_driver_gives()
    {
        var runtime = Fresh();
        Set(DeviceAttribute.ComputeCapabilityMajor, 8);
        Set(DeviceAttribute.ComputeCapabilityMinor, 6);
        Set(DeviceAttribute.Multiprocessors, 28);
        Set(DeviceAttribute.SharedBytesPerBlock, 99 << 10);
        var properties = runtime.Device(0).Properties;
        Assert.Equal(new DeviceProperties(8, 6, 28, 99 << 10, "a fake GPU"), properties);
        Assert.Equal("sm_86", properties.Architecture);
    }

    private static unsafe void Launch(CudaDevice device, KernelVariant variant, LaunchShape shape, float* to, int count, float value, nint stream) =>
        device.Launch(variant, shape, [(ulong)to, (ulong)count, BitConverter.SingleToUInt32Bits(value)], stream);

    private sealed class FillCompiler : IKernelCompiler
    {
        public int Calls { get; private set; }

        public string Name => "a kernel of its own";

        public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
        {
            Calls++;
            return Encoding.UTF8.GetBytes(Gcc.Library(
                """
                #include "cpu_shim.h"
                void fill(float* to, int count, float value)
                {
                    int i = blockIdx.x * blockDim.x + threadIdx.x;
                    if (i < count) to[i] = BY * value;
                }
                ENTRY(fill)
                """, defines.Select(define => $"-D{define}")));
        }
    }
}
