namespace CudaBenchmark;

/// <summary>What the command line said.</summary>
internal sealed record BenchmarkOptions(int Device, int Runs, bool OnlyValidate, long Elements, long TimedElements, string? Nvrtc, string? Driver, string? Python);
