using NormCore;
using static TorchSharp.torch;

namespace NormLab.SmallBatch;

/// <summary>
/// Batch renormalization with its schedule: batch norm for the first steps, then r_max rises from 1 to 3 and d_max from 0 to 5.
/// </summary>
/// <remarks>
/// Ioffe 2017, arXiv:1702.03275v2, in its experiments: batch norm for 5,000 steps, r_max = 3 reached after 40,000 and d_max = 5 after 25,000.
/// Here the lengths are the caller's and the two limits rise together, linearly.
/// </remarks>
public sealed class RampedBatchRenorm : nn.Module<Tensor, Tensor>
{
    private const double LastR = 3, LastD = 5;
    private readonly BatchRenorm norm;
    private readonly int start, end;

    /// <param name="channels">C.</param>
    /// <param name="start">The training step at which the limits begin to rise.</param>
    /// <param name="end">The training step at which they are at their last values.</param>
    /// <param name="momentum">The weight of the NEW batch in the running statistics.</param>
    public RampedBatchRenorm(int channels, int start, int end, double momentum = 0.1) : base(nameof(RampedBatchRenorm))
    {
        if (start < 0 || end <= start)
            throw new ArgumentOutOfRangeException(nameof(end), end, $"The limits rise from step {start} to a later one.");
        (this.start, this.end) = (start, end);
        norm = new BatchRenorm(channels, momentum: momentum);
        RegisterComponents();
    }

    /// <summary>The layer, with its present limits.</summary>
    public BatchRenorm Norm => norm;

    /// <summary>Normalizes x, in training with the limits of the present step.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        if (training)
        {
            // The buffer and not a counter: an observer that calls the network puts it back.
            var risen = Math.Clamp((double)(norm.NumBatchesTracked.item<long>() - start) / (end - start), 0, 1);
            (norm.RMax, norm.DMax) = (1 + (LastR - 1) * risen, LastD * risen);
        }

        return norm.call(x);
    }
}
