using NormLab.Data;
using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace Benchmarks.Training;

/// <summary>A network of the notebooks, here and for the Python peer.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Peer">The same for <c>steps.py</c>: kind, depth, width, side of the images, norm.</param>
internal sealed record StepsNetwork(string Name, string Peer)
{
    public static IEnumerable<StepsNetwork> All =>
        from shape in new[] { "cnn 3 16 28", "cnn 3 16 14", "deep 6 8 14", "deep 8 8 14", "deep 6 16 14", "deep 8 16 14", "deep 12 16 14", "deep 20 8 14", "deep 20 16 14", "deep 8 16 28", "sigmoid 3 100 28", "mlp 2 128 28", "linear 25 10 10" }
        from norm in new[] { "none", "batch" }
        select new StepsNetwork($"{shape} {norm}", $"{shape} {norm}");

    private string Kind => Peer.Split(' ')[0];

    private int Depth => Number(1);

    private int Width => Number(2);

    private int Side => Number(3);

    private bool Normalized => Peer.EndsWith("batch", StringComparison.Ordinal);

    public TrainingOptions Options => Kind == "linear"
        ? new() { Objective = Objective.SumOfSquares, BatchSize = 1000, LearningRate = 1e-7, Epochs = 100_000, TestsEachEpoch = false }
        : new() { LearningRate = 0.01, Epochs = 1000, TestsEachEpoch = false };

    public ImageSet Images() => Kind == "linear" ? DeepLinear.Data(1) : Side == 28 ? ImageData.Generated(6400, 1).Train : ImageData.Generated(6400, 1).Train.Pooled();

    public nn.Module<Tensor, Tensor> WithTorchLayers(int seed) => Make(seed, c => Kind is "cnn" or "deep" ? nn.BatchNorm2d(c) : nn.BatchNorm1d(c));

    public nn.Module<Tensor, Tensor> WithOurLayers(int seed) => Make(seed, c => new NormCore.BatchNorm(c));

    private nn.Module<Tensor, Tensor> Make(int seed, Func<int, nn.Module<Tensor, Tensor>> norm)
    {
        var layer = Normalized ? norm : null;
        return Kind switch
        {
            "cnn" => Networks.Cnn(layer, seed, [Width, 2 * Width, 2 * Width]),
            "deep" => Networks.DeepCnn(layer, seed, Depth, Width),
            "sigmoid" => Networks.SigmoidMlp(layer, seed, [.. Enumerable.Repeat(Width, Depth)]),
            "mlp" => Networks.Mlp(layer, seed, [.. Enumerable.Repeat(Width, Depth)]),
            _ => DeepLinear.Network(layer, seed, Depth, Width),
        };
    }

    private int Number(int part) => int.Parse(Peer.Split(' ')[part], System.Globalization.CultureInfo.InvariantCulture);
}
