namespace NormCore.Kernels;

/// <summary>Why a kernel cannot run on a GPU, in words for the person who would install what is missing.</summary>
internal sealed class CudaException(string message, Exception? inner = null) : Exception(message, inner);
