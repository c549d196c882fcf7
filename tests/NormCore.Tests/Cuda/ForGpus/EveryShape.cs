using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Cuda.Plans;

namespace NormCore.Tests.Cuda.ForGpus;

/// <summary>Launches of all shapes, so that a compiler sees every variant that they need; the kernels that run do nothing.</summary>
internal static class EveryShape
{
    public static void LaunchOn(IKernelCompiler compiler, int major, int kilobytes, int multiprocessors)
    {
        var runtime = FakeCuda.Fresh(compiler);
        FakeCuda.Set(DeviceAttribute.ComputeCapabilityMajor, major);
        FakeCuda.Set(DeviceAttribute.SharedBytesPerBlock, kilobytes * 1024);
        FakeCuda.Set(DeviceAttribute.Multiprocessors, multiprocessors);
        var device = runtime.Device(0);
        foreach (var (_, geometry) in Shapes.All) Launch(device, geometry, CudaElement.BFloat16, fused: false);
        CudaElement[] others = [CudaElement.Float32, CudaElement.Float16];
        foreach (var (i, shape) in Shapes.All.Index().Where(one => one.Index is 0 or 6 or 10 or (>= 14 and <= 16)))
            Launch(device, shape.Geometry, others[i / 2 % 2], fused: true);
    }

    // Nothing reads these addresses: the launched kernels do nothing.
    private static void Launch(CudaDevice device, Geometry geometry, CudaElement element, bool fused)
    {
        const nint Tensor = 4096;
        var forward = new CudaForward
        {
            Geometry = geometry,
            Element = element,
            ParameterElement = element,
            X = Tensor,
            Y = Tensor,
            Gamma = Tensor,
            Beta = Tensor,
            Mean = Tensor,
            Rest = Tensor,
            Variance = Tensor,
            Rstd = Tensor,
            Centered = true,
            Relu = fused,
            Residual = fused ? Tensor : 0,
            Sum = fused ? Tensor : 0,
            Scratch = Tensor,
        };
        CudaNorm.Forward(device, forward, 0);
        CudaNorm.Forward(device, forward with { IsGiven = true }, 0);
        CudaNorm.Backward(device, new CudaBackward
        {
            Geometry = geometry,
            Element = element,
            ParameterElement = element,
            Dy = Tensor,
            X = Tensor,
            Gamma = Tensor,
            Beta = Tensor,
            Mean = Tensor,
            Rest = Tensor,
            Rstd = Tensor,
            Dx = Tensor,
            DGamma = Tensor,
            DBeta = Tensor,
            MeanMoves = true,
            VarianceMoves = true,
            Relu = fused,
            SumGradient = fused ? Tensor : 0,
            Scratch = Tensor,
        }, 0);
    }
}
