namespace NormCore.Kernels;

/// <summary>The types of elements that the CUDA kernels know; all compute in float32. The numbers are those that the sources test for.</summary>
internal enum CudaElement
{
    Float32 = 0,
    Float16 = 1,
    BFloat16 = 2,
}
