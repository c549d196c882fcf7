using static TorchSharp.torch;

namespace NormLab.Curvature;

internal static class SampleIndependence
{
    // Sums of another length are split another way; batch statistics of half a batch differ by far more.
    private const double Rounding = 1e-3;

    /// <summary>Refuses to split a batch whose samples see each other, as they do where batch statistics are live: the parts have another loss.</summary>
    public static void Require(nn.Module<Tensor, Tensor> network, Tensor samples, int pieceSize, NetworkMode mode)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var buffers = new KeptBuffers(network);
        Tensor whole, part;
        using (new InMode(network, mode))
            whole = network.call(samples).narrow(0, 0, pieceSize);
        using (new InMode(network, mode))
            part = network.call(samples.narrow(0, 0, pieceSize));
        var difference = (whole - part).abs().max().to(ScalarType.Float64).item<double>();
        var size = whole.abs().max().to(ScalarType.Float64).item<double>();
        if (!(difference <= Rounding * size))
            throw new ArgumentException(
                $"In {mode.ToString().ToLowerInvariant()} mode the outputs of the first {pieceSize} samples change by {difference:G3} when they come without the other {samples.shape[0] - pieceSize}: "
                + "batch statistics are live, and the mean over micro-batches is another function than the loss of the batch. Give the whole batch, fewer samples, or evaluation mode.");
    }
}
