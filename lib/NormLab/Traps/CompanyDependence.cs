using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>How far the answer about a sample depends on the samples that are asked beside it: nothing, or a batch norm works on the statistics of the batch.</summary>
/// <param name="Changed">The share of samples whose class, the largest output, is another in other company.</param>
/// <param name="LargestChange">The largest change of an output, in standard deviations of all outputs: rounding for a network whose samples do not see each other.</param>
public sealed record CompanyDependence(double Changed, double LargestChange)
{
    /// <summary>Asks every sample twice, each time in a batch of other samples. The network stays as it is, buffers included.</summary>
    /// <param name="network">A network from (N, *) to outputs (N, K), asked in the mode it is in.</param>
    /// <param name="x">The samples, (N, *).</param>
    /// <param name="batchSize">The samples of a batch; a rest fills a smaller one.</param>
    /// <param name="seed">The seed of the two orders.</param>
    public static CompanyDependence Of(nn.Module<Tensor, Tensor> network, Tensor x, int batchSize, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var kept = KeptState.Of(network);
        var generator = new Generator((ulong)seed);
        var (first, second) = (Answers(network, x, batchSize, generator), Answers(network, x, batchSize, generator)); // (N, K)
        var changed = first.argmax(1).ne(second.argmax(1)).to(ScalarType.Float64).mean();
        return new(changed.Numbers()[0], ((first - second).abs().max() / first.std()).Numbers()[0]);
    }

    private static Tensor Answers(nn.Module<Tensor, Tensor> network, Tensor x, int batchSize, Generator generator)
    {
        var order = randperm(x.shape[0], generator: generator).to(x.device);
        using var samples = new ImageSet(x.index_select(0, order), order);
        var answers = samples.Chunks(batchSize).Select(batch => network.call(batch.Images)).ToList();
        return cat(answers, 0).index_select(0, order.argsort());
    }
}
