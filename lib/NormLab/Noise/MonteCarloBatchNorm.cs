using NormCore;
using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Noise;

/// <summary>
/// Answers of a network whose batch norms use, in place of the running statistics, those of one batch of training samples after the
/// other: their spread says how much an answer depends on which batch was drawn.
/// </summary>
/// <remarks>
/// Teye, Azizpour and Smith 2018, arXiv:1802.06455v2, algorithm 1 ("MCBN"). The samples asked about are never part of the statistics.
/// As in this library's evaluation, the variance of a batch is the unbiased one. Works for any module with <see cref="BatchNorm"/> or
/// TorchSharp's own, and leaves the network as it was.
/// </remarks>
public static class MonteCarloBatchNorm
{
    /// <summary>The answers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">What it is asked, (N, *).</param>
    /// <param name="training">What it was trained on.</param>
    /// <param name="batchSize">m of each batch.</param>
    /// <param name="passes">T, the number of batches.</param>
    /// <param name="generator">The source of the batches.</param>
    /// <returns>(T, N, K), detached; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The network has no batch norm, so that all answers would be the same.</exception>
    public static Tensor Answers(nn.Module<Tensor, Tensor> network, Tensor x, ImageSet training, int batchSize, int passes, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        using var frozen = no_grad();
        network.eval();
        var answers = new List<Tensor>();
        foreach (var batch in Draws().Take(passes))
        {
            if (PreciseStatistics.Average(network, [batch.Images]).Count == 0)
                throw new ArgumentException("The network has no batch norm with running statistics: its answers do not depend on a batch.", nameof(network));
            answers.Add(network.call(x));
            batch.Dispose();
        }

        return stack(answers).MoveToOuterDisposeScope();

        IEnumerable<ImageSet> Draws()
        {
            while (true)
                foreach (var batch in training.Batches(batchSize, generator))
                    yield return batch;
        }
    }
}
