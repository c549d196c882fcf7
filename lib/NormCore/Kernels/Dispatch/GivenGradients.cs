namespace NormCore.Kernels;

/// <summary>What a backward pass reads, by handles; dy and the gradient of the sum are in the order and type of x.</summary>
/// <param name="Dy">The gradient of y.</param>
/// <param name="X">What was normalized: the sum where there was a residual.</param>
/// <param name="Gamma">γ, or 0.</param>
/// <param name="Beta">β where there was a ReLU, or 0.</param>
/// <param name="Sum">The gradient that the sum gets from elsewhere, or 0.</param>
internal readonly record struct GivenGradients(nint Dy, nint X, nint Gamma, nint Beta, nint Sum);
