using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Running statistics that a kernel updates in the same pass: r ← (1 − ρ) r + ρ b, the variance unbiased.</summary>
/// <param name="Mean">float32 (C), contiguous, on the device of x.</param>
/// <param name="Variance">The same.</param>
/// <param name="Rho">ρ, the weight of the new batch.</param>
internal sealed record RunningAverage(Tensor Mean, Tensor Variance, double Rho)
{
    /// <summary>A call that updates them.</summary>
    public unsafe CudaForward In(in CudaForward call) => call with
    {
        RunningMean = (nint)NativeTensor.Data(Mean.Handle),
        RunningVariance = (nint)NativeTensor.Data(Variance.Handle),
        Kept = (float)(1 - Rho),
        Weight = (float)Rho,
    };
}
