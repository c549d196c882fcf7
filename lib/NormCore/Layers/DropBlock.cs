using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Drops square blocks of each feature map in training and scales what is left: y = x M · count(M)/count_ones(M).</summary>
/// <remarks>
/// Ghiasi, Lin and Le 2018, arXiv:1810.12890v1, algorithm 1 and eq. 1. Blocks begin, independently in every channel, with probability
/// γ = p/B² · H W/((H − B + 1)(W − B + 1)), p = 1 − keep_prob, wherever one fits into the map; eq. 1 has H = W. Blocks overlap, so
/// somewhat less than p is dropped. The counts are of the whole batch. B = 1 is dropout but for the scale, which there is 1/(1 − p).
/// The identity in evaluation.
/// </remarks>
public sealed class DropBlock : nn.Module<Tensor, Tensor>
{
    private readonly Generator? generator;
    private double dropProbability;

    /// <summary>A layer that drops about <paramref name="dropProbability"/> of its input.</summary>
    /// <param name="dropProbability">p in [0, 1]; the paper raises it linearly during training, see <see cref="DropProbability"/>.</param>
    /// <param name="blockSize">B ≥ 1, the edge of a block; at most the edges of the maps.</param>
    /// <param name="generator">Where the random numbers come from, on the device of x; torch's default generator by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public DropBlock(double dropProbability, long blockSize, Generator? generator = null) : base(LayerParameters.Loaded(nameof(DropBlock)))
    {
        HyperparameterCheck.AtLeast(1, blockSize, nameof(blockSize), "the edge of a block");
        (DropProbability, BlockSize, this.generator) = (dropProbability, blockSize, generator);
    }

    /// <summary>p in [0, 1].</summary>
    public double DropProbability
    {
        get => dropProbability;
        set
        {
            HyperparameterCheck.Probability(value, nameof(DropProbability));
            dropProbability = value;
        }
    }

    /// <summary>B.</summary>
    public long BlockSize { get; }

    /// <summary>Drops blocks of x in training mode.</summary>
    /// <param name="x">(N, C, H, W), floating point.</param>
    /// <returns>The shape and type of x; 0 everywhere if every element was dropped.</returns>
    /// <exception cref="ArgumentException">A wrong rank or type, maps smaller than a block, or a generator for another device.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        if (!training || DropProbability == 0 || x.numel() == 0) return x.alias();
        using var scope = NewDisposeScope();
        var shape = x.shape;
        var (fitH, fitW) = (shape[2] - BlockSize + 1, shape[3] - BlockSize + 1);
        var gamma = DropProbability / (BlockSize * BlockSize) * (shape[2] * shape[3]) / (fitH * fitW);
        var begins = rand([shape[0], shape[1], fitH, fitW], ScalarType.Float32, x.device, generator: generator) < gamma;
        return Masked(x, Keep(begins, BlockSize)).MoveToOuterDisposeScope();
    }

    /// <summary>M: 0 in every block, 1 elsewhere.</summary>
    /// <param name="begins">(N, C, H − B + 1, W − B + 1), true at the upper left corner of a block.</param>
    /// <param name="blockSize">B.</param>
    /// <returns>(N, C, H, W) of float32.</returns>
    internal static Tensor Keep(Tensor begins, long blockSize)
    {
        var margin = blockSize - 1;
        var padded = nn.functional.pad(begins.to(ScalarType.Float32), (margin, margin, margin, margin));
        return 1 - nn.functional.max_pool2d(padded, blockSize, stride: 1);
    }

    /// <summary>x M · count(M)/count_ones(M).</summary>
    internal static Tensor Masked(Tensor x, Tensor keep)
    {
        var mask = keep.to(Precision.OfStatistics(x.dtype));
        return (Precision.Widen(x) * (mask * (mask.numel() / mask.sum().clamp_min(1)))).to(x.dtype);
    }

    private void RequireInput(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var shape = x.shape;
        if (shape.Length != 4 || shape[2] < BlockSize || shape[3] < BlockSize)
            throw new ArgumentException(
                $"DropBlock of blocks {BlockSize} x {BlockSize} got an input of shape {TensorCheck.Text(shape)}; (N, C, H, W) is needed, with H and W at least {BlockSize} so that a block fits into a map.", nameof(x));
        // TorchSharp would draw from the default generator instead.
        ObjectDisposedException.ThrowIf(generator?.Handle == IntPtr.Zero, typeof(Generator));
        if (generator is not null && generator.device.type != x.device_type)
            throw new ArgumentException($"the input is on {x.device} and the generator for {generator.device}; both must be on one device.", nameof(x));
    }
}
