using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Plans;

/// <summary>The shapes that the kernels are made for.</summary>
internal static class Shapes
{
    public static readonly (string Name, Geometry Geometry)[] All =
    [
        ("rows 32768 x 1024", new(32768, 1, 1, 1024, 1)),
        ("rows 32768 x 4096", new(32768, 1, 1, 4096, 1)),
        ("rows 32768 x 8192", new(32768, 1, 1, 8192, 1)),
        ("rows 32768 x 16384", new(32768, 1, 1, 16384, 1)),
        ("rows 4096 x 16384", new(4096, 1, 1, 16384, 1)),
        ("rows 64 x 1000000", new(64, 1, 1, 1_000_000, 1)),
        ("batch norm 32 x 64 x 56 x 56", new(1, 32, 64, 1, 3136)),
        ("batch norm 128 x 256 x 28 x 28", new(1, 128, 256, 1, 784)),
        ("batch norm 256 x 512 x 14 x 14", new(1, 256, 512, 1, 196)),
        ("batch norm 64 x 2048 x 7 x 7", new(1, 64, 2048, 1, 49)),
        ("group norm 32 x 64 x 56 x 56", new(32, 1, 32, 2, 3136)),
        ("group norm 128 x 256 x 28 x 28", new(128, 1, 32, 8, 784)),
        ("group norm 256 x 512 x 14 x 14", new(256, 1, 32, 16, 196)),
        ("group norm 64 x 2048 x 7 x 7", new(64, 1, 32, 64, 49)),
        ("channels last 32 x 56 x 56 x 64", new(1, 100352, 64, 1, 1)),
        ("channels last 64 x 7 x 7 x 2048", new(1, 3136, 2048, 1, 1)),
        ("channels last 256 x 14 x 14 x 512", new(1, 50176, 512, 1, 1)),
        ("channels last 128 x 28 x 28 x 256", new(1, 100352, 256, 1, 1)),
        ("8 ghosts of 32 x 14 x 14 x 512", new(8, 6272, 512, 1, 1)),
        ("perceptron 128 x 1024", new(1, 128, 1024, 1, 1)),
        ("perceptron 1024 x 4096", new(1, 1024, 4096, 1, 1)),
        ("perceptron 16384 x 64", new(1, 16384, 64, 1, 1)),
        ("perceptron 4096 x 512", new(1, 4096, 512, 1, 1)),
    ];
}
