using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>γ and β, or their gradients, in memory: [Groups][Channels] each, contiguous; null for none.</summary>
/// <param name="Gamma">γ, or null for 1.</param>
/// <param name="Beta">β, or null for 0.</param>
/// <param name="Type">The type of both: that of x, or float32 beside half types.</param>
internal readonly unsafe record struct Affine(nint Gamma, nint Beta, ScalarType Type);
