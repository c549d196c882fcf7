namespace CudaBenchmark.Peers;

/// <summary>Milliseconds of PyTorch; NaN where it has none.</summary>
internal sealed record TorchTimes(double Forward, double Backward, double CompiledForward, double CompiledBackward);
