using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Re-estimates the running statistics of a model's batch norms over data, with all weights fixed.</summary>
/// <remarks>
/// Wu and Johnson 2021, arXiv:2105.07576v1, section 3: an exponential average lags behind weights that still move; the average over many
/// batches at fixed weights does not. Each batch norm works on the statistics of its batch meanwhile, as in training; all other modules
/// stay in the mode they are in, so call eval() first if dropout should be off, as it is when the statistics are used.
/// Estimated are <see cref="BatchNorm"/>, <see cref="GhostBatchNorm"/> and TorchSharp's batch norms that track statistics. Their counts
/// of batches, the modes, and all other buffers are afterwards as before; when an error or a cancellation ends it, the statistics too.
/// Batches are looked at one after the other and stay the caller's: an iterator that makes them should dispose of them.
/// </remarks>
public static class PreciseStatistics
{
    /// <summary>The average of the batches' statistics: μ_r = Σ w_b μ_b and σ_r² = Σ w_b σ_b² m_b/(m_b−1), with equal w_b or w_b ∝ m_b.</summary>
    /// <remarks>
    /// Algorithm 2 of Ioffe and Szegedy 2015, arXiv:1502.03167v3, and what momentum = null does. What the weights of batches of m expect in
    /// evaluation; but as the variance within batches it is low by the factor 1 − ρ/N for N images each, where ρ is the part of the variance
    /// that is between images (see <see cref="EffectiveBatchSize"/>), and m/(m−1) does not repair that.
    /// </remarks>
    /// <param name="model">The model, which takes a batch.</param>
    /// <param name="batches">Inputs, as in training: of its batch size, shuffled and augmented.</param>
    /// <param name="weightBySize">Whether a batch counts by its elements; if not, all alike, a last small one too.</param>
    /// <param name="progress">Told how many batches are done, after each.</param>
    /// <param name="cancellation">Ends it before the next batch.</param>
    /// <returns>The paths of the layers estimated; one that no batch reached keeps its statistics and is not among them.</returns>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static IReadOnlyList<string> Average(nn.Module<Tensor, Tensor> model, IEnumerable<Tensor> batches, bool weightBySize = false, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Estimate(model, batches, () => new AverageOfBatches(weightBySize), progress, cancellation);

    /// <summary>The moments of all elements of all batches together, by <see cref="Moments.Merge"/>: those of the population.</summary>
    /// <remarks>Wu and Johnson's σ² = E[μ_b² + σ_b²] − E[μ_b]², without the cancellation. Right also where the elements of an image are alike.</remarks>
    /// <inheritdoc cref="Average"/>
    public static IReadOnlyList<string> Population(nn.Module<Tensor, Tensor> model, IEnumerable<Tensor> batches, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Estimate(model, batches, () => new PooledMoments(), progress, cancellation);

    private static IReadOnlyList<string> Estimate(nn.Module<Tensor, Tensor> model, IEnumerable<Tensor> batches, Func<IEstimator> estimator, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batches);
        using var measured = new MeasuredLayers(model, estimator);
        var done = 0;
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            TensorCheck.IsAlive(batch, nameof(batches));
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            model.call(batch);
            done++;
            progress?.Report(done);
        }
        return done > 0 ? measured.Take() : throw new ArgumentException("There are no batches; statistics need at least one.", nameof(batches));
    }
}
