using System.Text;
using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Fake;

/// <summary>g++ in place of NVRTC: the image is the path of a shared library, which the fake driver opens.</summary>
internal sealed class GccCompiler : IKernelCompiler
{
    public string Name => Gcc.Version!;

    public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines)
    {
        try
        {
            return Encoding.UTF8.GetBytes(Gcc.Library($"#include \"cpu_shim.h\"\n{source}", defines.Select(define => $"-D{define}")));
        }
        catch (InvalidOperationException refused)
        {
            throw new CudaException($"g++ refuses: {refused.Message}", refused);
        }
    }
}
