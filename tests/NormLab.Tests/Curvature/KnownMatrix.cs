using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

/// <summary>A symmetric matrix with chosen eigenvalues.</summary>
internal static class KnownMatrix
{
    public static Tensor With(double[] eigenvalues, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var (q, _) = linalg.qr(randn([eigenvalues.Length, eigenvalues.Length], ScalarType.Float64, generator: generator));
        return (q * tensor(eigenvalues)).mm(q.t()).MoveToOuterDisposeScope();
    }

    public static double[] Spread(int count) => [.. Enumerable.Range(1, count).Select(i => (i - 7) * 1.5 + i * i / 40.0)];
}
