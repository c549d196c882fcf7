using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>The first layer of a network that stands for its data loader: it decides, batch by batch, what the network is fed in training. In evaluation it does nothing.</summary>
/// <example><code>new TrainingFeed((number, x) => number % 2 == 0 ? x : -x) // every second batch in negative</code></example>
public sealed class TrainingFeed : nn.Module<Tensor, Tensor>
{
    private readonly Func<int, Tensor, Tensor> feed;
    private int number;

    /// <param name="feed">Makes what the network gets from the number of the batch, from 0, and the batch (N, *).</param>
    public TrainingFeed(Func<int, Tensor, Tensor> feed)
        : base(nameof(TrainingFeed))
    {
        ArgumentNullException.ThrowIfNull(feed);
        this.feed = feed;
    }

    /// <summary>A batch as it is, or in training what is fed for it.</summary>
    /// <param name="x">(N, *).</param>
    public override Tensor forward(Tensor x) => training ? feed(number++, x) : x.alias();
}
