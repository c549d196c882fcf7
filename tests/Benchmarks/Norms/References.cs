using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>The formulas by torch's plain operations, two passes, for inputs in float64; independent of both sides.</summary>
internal static class References
{
    private const double Eps = 1e-5;

    public static Tensor Batch(Tensor x, Tensor[] p) => Channels(Standardize(x, x.dim() == 2 ? [0] : [0, 2, 3]), p);

    public static Tensor Evaluation(Tensor x, Tensor[] p) => Channels(x / Math.Sqrt(1 + Eps), p); // Running statistics (0, 1).

    public static Tensor Instance(Tensor x, Tensor[] p) => Channels(Standardize(x, [2, 3]), p);

    public static Tensor Group(Tensor x, Tensor[] p, long groups) =>
        Channels(Standardize(x.reshape(x.shape[0], groups, -1), [2]).reshape(x.shape), p);

    public static Tensor Layer(Tensor x, Tensor[] p) => Standardize(x, [1]) * p[0] + p[1];

    public static Tensor Rms(Tensor x, Tensor[] p) => RootMeanSquare.Composed(x, p[0]);

    private static Tensor Standardize(Tensor x, long[] axes)
    {
        var deviation = x - x.mean(axes, keepdim: true);
        return deviation / (deviation.square().mean(axes, keepdim: true) + Eps).sqrt();
    }

    private static Tensor Channels(Tensor xhat, Tensor[] p)
    {
        long[] view = [1, -1, .. Enumerable.Repeat(1L, (int)xhat.dim() - 2)];
        return xhat * p[0].view(view) + p[1].view(view);
    }
}
