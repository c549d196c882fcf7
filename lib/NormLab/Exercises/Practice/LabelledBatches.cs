using NormCore;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>A small classifier with batch norm and batches for it, in float64, the same at every call.</summary>
internal static class LabelledBatches
{
    private const int Inputs = 4;
    private const int Classes = 3;

    public static nn.Module<Tensor, Tensor> Network() => Training.RandomState.Seeded(36, () => nn.Sequential(
        ("first", nn.Linear(Inputs, 8)), ("norm", new BatchNorm(8, momentum: 0.3)), ("relu", nn.ReLU()), ("last", nn.Linear(8, Classes))).to(ScalarType.Float64));

    /// <summary>Batches of (N, 4) with labels (N), of which a linear rule can tell most.</summary>
    public static (Tensor X, Tensor Labels)[] Of(int seed, params int[] sizes) => [.. sizes.Select((size, number) =>
    {
        var x = Sample.Normal(seed + number, size, Inputs) + 0.7 * Sample.Normal(seed + 50 + number, 1, Inputs);
        return (x, (x.matmul(Sample.Normal(37, Inputs, Classes)) + Sample.Normal(seed + 70 + number, size, Classes)).argmax(1));
    })];

    /// <summary>The running means and variances of a network, one after the other.</summary>
    public static double[] Averages(nn.Module network) =>
        [.. network.named_buffers().Where(buffer => !buffer.name.EndsWith("tracked", StringComparison.Ordinal)).SelectMany(buffer => buffer.buffer.Numbers())];

    /// <summary>How many batches the running averages of a network took in.</summary>
    public static double Tracked(nn.Module network) =>
        network.named_buffers().Where(buffer => buffer.name.EndsWith("tracked", StringComparison.Ordinal)).Sum(buffer => buffer.buffer.Numbers()[0]);
}
