using System.Text;
using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Machine;

/// <summary>The machine that runs kernels on the CPU catches what a GPU would punish with silence.</summary>
public class MachineTests
{
    [Theory]
    [InlineData("if (threadIdx.x < 40) __syncthreads();", "not all threads reach")]
    [InlineData("if (threadIdx.x < 16) out[0] = __shfl_xor_sync(0xffffffffu, 1.0f, 1);", "not all threads reach")]
    [InlineData("if (threadIdx.x < 32) __syncthreads(); else\n __syncthreads();", "not all threads reach")]
    [InlineData("if (threadIdx.x == 63) ((float*)shared)[64] = 1;", "outside the dynamic shared memory")]
    [InlineData("load_once((const Packet<8>*)(out + 1));", "not aligned")]
    public void Mistakes_are_errors(string body, string message)
    {
        var error = Assert.Throws<CudaException>(() => Run(body, cluster: 1));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_memory_begins_as_NaN_and_each_block_has_its_own() =>
        Assert.Equal([double.NaN, double.NaN], Run("float before = ((float*)shared)[0]; __syncthreads(); ((float*)shared)[0] = 7; if (threadIdx.x == 0) out[blockIdx.x] = before;", cluster: 1));

    [Fact]
    public void An_asynchronous_copy_is_there_after_the_wait_and_not_before()
    {
        const string Copy = "auto* own = (Packet<4>*)shared + threadIdx.x; copy_async(own, (const Packet<4>*)in + threadIdx.x); copies_end();";
        const string Use = "if (threadIdx.x == 5) out[blockIdx.x] = ((float*)shared)[5];";
        Assert.Equal([5, 5], Run($"{Copy} copies_landed<0>(); {Use}", cluster: 1));
        Assert.Equal([double.NaN, double.NaN], Run($"{Copy} copies_landed<1>(); {Use}", cluster: 1));
    }

    [Fact]
    public void A_block_of_a_cluster_reads_the_other_ones_memory_after_the_barrier() =>
        Assert.Equal([11, 10], Run("((float*)shared)[0] = 10 + blockIdx.x; cluster_barrier(); float of = load_of_block((float*)shared, 1 - blockIdx.x); cluster_barrier(); if (threadIdx.x == 0) out[blockIdx.x] = of;", cluster: 2));

    /// <summary>Two blocks of 64 threads with 256 bytes of shared memory; in[i] = i.</summary>
    private static double[] Run(string body, int cluster)
    {
        var device = FakeCuda.Fresh(new BodyCompiler(body)).Device(0);
        using var input = new Numerics.DeviceMemory(64).Set([.. Enumerable.Range(0, 64).Select(i => (double)i)]);
        using var output = new Numerics.DeviceMemory(2);
        device.Launch(new KernelVariant("rows_forward", "trial", [$"CLUSTER={cluster}"]), new LaunchShape(2, 1, 64, cluster, 256), [CudaWord.Of(input.At), CudaWord.Of(output.At)], 0);
        return output.Get();
    }

    private sealed class BodyCompiler(string body) : IKernelCompiler
    {
        public string Name => "g++ with a body";

        public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
        {
            // Everything before the family's own file: the packets.
            var shared = source[..source.IndexOf("#line 1 \"reductions.cu\"", StringComparison.Ordinal)];
            var kernel = $"extern \"C\" void trial(const float* in, float* out) {{ DYNAMIC_SHARED(shared); {body} }}\nENTRY(trial)";
            return Encoding.UTF8.GetBytes(Gcc.Library($"#include \"cpu_shim.h\"\n{shared}\n{kernel}", defines.Select(define => $"-D{define}")));
        }
    }
}
