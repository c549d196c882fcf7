using NormCore;
using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Evaluation with running statistics taken from other images than those of training: the weights stay, the labels are not needed.</summary>
/// <remarks>
/// Li et al. 2016, arXiv:1603.04779v4 (AdaBN); Schneider et al. 2020, arXiv:2006.16971v2, whose weight on the statistics of training, N, is 0 here.
/// </remarks>
public static class AdaptedStatistics
{
    /// <summary>How well a network does with the statistics of given images. The network is afterwards as it was.</summary>
    /// <param name="network">A network with batch norms that track statistics.</param>
    /// <param name="test">The images to evaluate on.</param>
    /// <param name="source">The images whose statistics are used, all as one batch; their labels are not.</param>
    public static Evaluation Evaluate(nn.Module<Tensor, Tensor> network, ImageSet test, ImageSet source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(source);
        using var kept = KeptState.Of(network);
        network.eval();
        PreciseStatistics.Population(network, [source.Images]);
        return Evaluation.Of(network, test);
    }
}
