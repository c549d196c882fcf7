using NormLab.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>A deep network of linear layers alone: its function is linear, its loss is not convex. It is trained on all data at once, by the sum of squares.</summary>
public static class DeepLinear
{
    /// <summary>Linear layers of one width without bias, each but the last followed by normalization.</summary>
    /// <param name="norm">Makes the layer that normalizes (N, D) from D; null for a network without.</param>
    /// <param name="seed">The seed of the initial weights, of variance 1/D, which keeps that of the signal.</param>
    /// <param name="depth">The number of linear layers.</param>
    /// <param name="width">D.</param>
    /// <returns>A module from (N, D) to (N, D), on the CPU.</returns>
    public static Sequential Network(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, int depth = 25, int width = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var number = 1; number <= depth; number++)
        {
            layers.Add(($"linear{number}", nn.Linear(width, width, hasBias: false)));
            if (norm is not null && number < depth)
                layers.Add(($"norm{number}", norm(width)));
        }

        return WeightInit.Glorot.Initialized(layers, seed);
    }

    /// <summary>x standard normal and targets y = A x, with random singular vectors and singular values of A evenly spaced on a logarithmic scale from √κ to 1/√κ.</summary>
    /// <param name="seed">The seed of x and A.</param>
    /// <param name="count">N.</param>
    /// <param name="width">D.</param>
    /// <param name="condition">κ, the condition number of A.</param>
    /// <returns>x and y, both (N, D).</returns>
    public static ImageSet Data(int seed, int count = 1000, int width = 10, double condition = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(condition, 1);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var (u, _) = linalg.qr(randn([width, width], ScalarType.Float64, generator: generator));
        var (v, _) = linalg.qr(randn([width, width], ScalarType.Float64, generator: generator));
        var singular = logspace(Math.Log10(condition) / 2, -Math.Log10(condition) / 2, width, dtype: ScalarType.Float64);
        var x = randn([count, width], ScalarType.Float64, generator: generator); // (N, D)
        var y = x.matmul(u * singular).matmul(v.t());
        return new(x.to(ScalarType.Float32).MoveToOuterDisposeScope(), y.to(ScalarType.Float32).MoveToOuterDisposeScope());
    }
}
