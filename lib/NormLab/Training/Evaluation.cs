using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>How well a network does on images.</summary>
/// <param name="Loss">The mean cross-entropy, in nats.</param>
/// <param name="Accuracy">The share of images that it gets right, 0 to 1.</param>
public sealed record Evaluation(double Loss, double Accuracy)
{
    /// <summary>Evaluates a network in the mode that it is in: with running statistics after <c>eval()</c>, with batch statistics after <c>train()</c>.</summary>
    /// <param name="network">A network from (N, 1, 28, 28) to logits (N, 10).</param>
    /// <param name="images">The images, on the network's device.</param>
    /// <param name="batchSize">N of each batch; it matters in training mode only.</param>
    public static Evaluation Of(nn.Module<Tensor, Tensor> network, ImageSet images, int batchSize = 500)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        using var frozen = no_grad();
        var (loss, correct) = (0.0, 0L);
        foreach (var batch in images.Chunks(batchSize))
        {
            using var scope = NewDisposeScope();
            using var piece = batch;
            var logits = network.call(piece.Images); // (N, 10)
            loss += nn.functional.cross_entropy(logits, piece.Labels, reduction: nn.Reduction.Sum).item<float>();
            correct += logits.argmax(1).eq(piece.Labels).sum().item<long>();
        }

        return new(loss / images.Count, (double)correct / images.Count);
    }
}
