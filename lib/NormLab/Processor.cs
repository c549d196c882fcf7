using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NormLab;

/// <summary>Which instructions libtorch's CPU kernels use; sums in wider registers round differently.</summary>
internal static class Processor
{
    /// <summary>The choice of libtorch (aten/src/ATen/native/DispatchStub.cpp): ATEN_CPU_CAPABILITY, else the widest that the processor has.</summary>
    public static string InstructionSet => Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY")?.ToUpperInvariant() switch
    {
        { Length: > 0 } given => given,
        _ when Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Fma.IsSupported => "AVX512",
        _ when Avx2.IsSupported && Fma.IsSupported => "AVX2",
        _ when AdvSimd.IsSupported => "NEON",
        _ => "DEFAULT",
    };
}
