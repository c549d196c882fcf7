using NormCore;
using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.SmallBatch;

/// <summary>One trained network with batch norm, asked in four ways about the same test images.</summary>
/// <param name="Batches">By the statistics of batches of test images, as large as those of training.</param>
/// <param name="Running">By its running averages.</param>
/// <param name="Precise">By the population's statistics at the final weights, from training images.</param>
/// <param name="Consistent">By those and the image's own weight of 1/N in them, see <see cref="ImageInclusiveBatchNorm"/>.</param>
public sealed record FourWays(Evaluation Batches, Evaluation Running, Evaluation Precise, Evaluation Consistent)
{
    /// <summary>The names of the ways, in the order of the members.</summary>
    public static IReadOnlyList<string> Names { get; } = ["batch statistics", "running averages", "precise", "m-consistent"];

    /// <summary>Asks; the network is afterwards as before.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="twin">A network of the same layout whose batch norms are <see cref="ImageInclusiveBatchNorm"/>; it gets the weights.</param>
    /// <param name="population">Images that stand for the population, from the training set.</param>
    /// <param name="test">The images to ask about.</param>
    /// <param name="batchSize">The images per batch for batch statistics; ghost batch norm divides them further.</param>
    public static FourWays Of(nn.Module<Tensor, Tensor> network, nn.Module<Tensor, Tensor> twin, ImageSet population, ImageSet test, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(twin);
        ArgumentNullException.ThrowIfNull(population);
        using var kept = KeptState.Of(network);
        network.eval();
        var running = Evaluation.Of(network, test);
        network.train();
        var batches = Evaluation.Of(network, test, batchSize);
        PreciseStatistics.Population(network, WholeBatches(population, batchSize));
        network.eval();
        var precise = Evaluation.Of(network, test);
        twin.load_state_dict(network.state_dict(), strict: false);
        ImageInclusiveBatchNorm.Measure(twin, population.Images);
        return new(batches, running, precise, Evaluation.Of(twin, test));
    }

    /// <summary>Asks after the last step of a run and records "loss, running averages", "accuracy, precise" and so on.</summary>
    /// <param name="lastStep">The number of the last step, from 0.</param>
    /// <inheritdoc cref="Of"/>
#pragma warning disable CS1573 // The other parameters are those of the method it inherits from.
    public static StepObserver Observer(int lastStep, Func<nn.Module<Tensor, Tensor>> twin, ImageSet population, ImageSet test, int batchSize) =>
#pragma warning restore CS1573
        new("four ways to evaluate", step => step == lastStep)
        {
            AfterUpdate = step =>
            {
                // Its layers draw their first weights, which are replaced.
                using var other = RandomState.Seeded(step.Options.Seed, twin);
                var ways = Of(step.Network, other, population, test, batchSize);
                foreach (var (name, way) in Names.Zip([ways.Batches, ways.Running, ways.Precise, ways.Consistent]))
                {
                    step.Record($"loss, {name}", way.Loss);
                    step.Record($"accuracy, {name}", way.Accuracy);
                }
            },
        };

    private static IEnumerable<Tensor> WholeBatches(ImageSet images, int size)
    {
        foreach (var batch in images.Chunks(size).Where(batch => batch.Count == size))
            using (batch)
                yield return batch.Images;
    }
}
