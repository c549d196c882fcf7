using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>How well a network does on images.</summary>
/// <param name="Loss">The objective over all images: the mean cross-entropy in nats, or the sum of squares.</param>
/// <param name="Accuracy">The share of labels, one per image or one per character, that it gets right, 0 to 1; NaN where there are no classes.</param>
public sealed record Evaluation(double Loss, double Accuracy)
{
    /// <summary>Evaluates a network in the mode that it is in: with running statistics after <c>eval()</c>, with batch statistics after <c>train()</c>.</summary>
    /// <param name="network">A network from (N, 1, 28, 28), or what the images are, to logits (N, 10).</param>
    /// <param name="images">The images, on the network's device.</param>
    /// <param name="batchSize">N of each batch; it matters in training mode only.</param>
    /// <param name="objective">Which loss.</param>
    public static Evaluation Of(nn.Module<Tensor, Tensor> network, ImageSet images, int batchSize = 500, Objective objective = Objective.CrossEntropy)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        using var frozen = no_grad();
        var classes = objective == Objective.CrossEntropy;
        var (loss, correct) = (0.0, 0L);
        foreach (var batch in images.Chunks(batchSize))
        {
            using var scope = NewDisposeScope();
            using var piece = batch;
            var output = network.call(piece.Images); // (N, 10)
            var weight = classes ? piece.Count : 1;
            loss += weight * objective.Of(output, piece.Labels).Numbers()[0];
            correct += classes ? output.argmax(1).eq(piece.Labels).sum().item<long>() : 0;
        }

        return classes ? new(loss / images.Count, (double)correct / images.Labels.numel()) : new(loss, double.NaN);
    }
}
