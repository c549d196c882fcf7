using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>The seeded inputs of exercises, in float64.</summary>
internal static class Sample
{
    /// <summary>Standard normal values.</summary>
    public static Tensor Normal(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, ScalarType.Float64, generator: generator);
    }

    /// <summary>Values whose mean and spread differ along every axis, so that statistics over wrong axes show.</summary>
    public static Tensor Uneven(int seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var x = randn(shape, ScalarType.Float64, generator: generator);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            long[] along = [.. shape.Select((length, other) => other == axis ? length : 1)];
            x = x * (0.5 + rand(along, ScalarType.Float64, generator: generator)) + 1.5 * randn(along, ScalarType.Float64, generator: generator);
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Positive values, such as variances.</summary>
    public static Tensor Positive(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return rand(shape, ScalarType.Float64, generator: generator).mul_(2).add_(0.3);
    }
}
