using NormCore;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace NormLab.SmallBatch;

/// <summary>
/// Batch norm's inference that expects company: an image is normalized by the statistics that a training batch of N images has on
/// average when this image is one of them. With z = (x − μ_r)/√(σ_r² + ε), and a and q the means of z and z² over the image's own
/// positions: y = γ (z − a/N)/s + β with s² = (q − a²)/N + (1 − 1/N)(1 + (a² − ρ)/N).
/// </summary>
/// <remarks>
/// μ_B = (a + (N−1) M)/N with M the mean of the N−1 mates, of expectation 0 and variance ρ/(N−1), where ρ is the share of the variance that
/// is between images; s² is the expectation of the batch's mean square less that of μ_B². One position and ρ = 1 give
/// <see cref="SampleInclusion.Squash(Tensor, double)"/>. Summers and Dinneen 2020, arXiv:1906.03548v1, weigh the image's
/// own statistics by a factor found on validation data; here it is 1/N, and the term with ρ is ours. The same in both modes.
/// </remarks>
public sealed class ImageInclusiveBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly double share, eps;
    private readonly Parameter weight, bias;
    private bool measuring;

    /// <summary>A layer with γ = 1, β = 0, statistics (0, 1) and ρ = 1: load those of a batch norm, then <see cref="Measure"/> ρ.</summary>
    /// <param name="channels">C.</param>
    /// <param name="batchSize">N ≥ 2, the images that shared statistics in training.</param>
    /// <param name="eps">ε, in units of x squared.</param>
    public ImageInclusiveBatchNorm(int channels, int batchSize, double eps = 1e-5) : base(nameof(ImageInclusiveBatchNorm))
    {
        if (batchSize < 2)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "An image alone in its batch has no company; give the number of images that shared statistics in training, at least 2.");
        (share, this.eps) = (1.0 / batchSize, eps);
        (weight, bias) = (new Parameter(ones(channels).DetachFromDisposeScope()), new Parameter(zeros(channels).DetachFromDisposeScope()));
        register_buffer("running_mean", zeros(channels).DetachFromDisposeScope());
        register_buffer("running_var", ones(channels).DetachFromDisposeScope());
        register_buffer("correlation", ones(channels).DetachFromDisposeScope());
        RegisterComponents();
    }

    /// <summary>ρ (C), the share of a channel's variance that is between images.</summary>
    public Tensor Correlation => get_buffer("correlation")!;

    /// <summary>Estimates ρ for every such layer of a network, in one pass in which all of them use plain running statistics.</summary>
    /// <param name="network">The network, with its running statistics.</param>
    /// <param name="images">(N, C, H, W), independent images; the more, the surer.</param>
    public static void Measure(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(network);
        var layers = network.modules().OfType<ImageInclusiveBatchNorm>().ToList();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        layers.ForEach(layer => layer.measuring = true);
        try
        {
            network.call(images);
        }
        finally
        {
            layers.ForEach(layer => layer.measuring = false);
        }
    }

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        long[] perChannel = [1, -1, 1];
        var (mean, variance) = (get_buffer("running_mean")!.view(perChannel), get_buffer("running_var")!.view(perChannel));
        var z = (x.reshape(x.shape[0], x.shape[1], -1) - mean) * (variance + eps).rsqrt(); // (N, C, *) → (N, C, P)
        if (measuring)
            Correlation.copy_(EffectiveBatchSize.Correlation(z).nan_to_num(1).clamp(0, 1));
        var xhat = (measuring ? z : InCompany(z)).view(x.shape);
        return Normalization.Affine(xhat, weight, bias, 1).MoveToOuterDisposeScope();
    }

    private Tensor InCompany(Tensor z)
    {
        var (own, square) = (z.mean([2L], keepdim: true), z.square().mean([2L], keepdim: true)); // (N, C, 1)
        var between = own.square();
        var variance = share * (square - between) + (1 - share) * (1 + share * (between - Correlation.view(1, -1, 1)));
        return (z - share * own) * variance.rsqrt();
    }
}
