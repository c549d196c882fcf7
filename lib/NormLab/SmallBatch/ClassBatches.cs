using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.SmallBatch;

/// <summary>Batches whose images are not independent: each holds a few classes only, in equal parts.</summary>
public static class ClassBatches
{
    /// <summary>As many batches as one pass over the images has. Each draws its classes anew; every class deals its images in random order, again and again.</summary>
    /// <param name="images">The images.</param>
    /// <param name="batchSize">N of each batch, a multiple of the number of classes.</param>
    /// <param name="classes">How many classes a batch holds.</param>
    /// <param name="generator">The source of classes and orders, on the CPU; arms that get equal generators get equal batches.</param>
    /// <returns>Batches that the caller disposes.</returns>
    public static IEnumerable<ImageSet> Of(ImageSet images, int batchSize, int classes, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(generator);
        using var host = images.Labels.cpu();
        var byClass = host.data<long>().Select((label, index) => (label, index)).GroupBy(pair => pair.label, pair => (long)pair.index)
            .OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        if (classes < 1 || classes > byClass.Length || batchSize < classes || batchSize % classes != 0 || batchSize > images.Count)
            throw new ArgumentException($"Batches of {batchSize} images of {classes} classes in equal parts cannot be had from {images.Count} images of {byClass.Length} classes.", nameof(classes));

        return Deal();

        IEnumerable<ImageSet> Deal()
        {
            var hands = byClass.Select(members => new Queue<long>()).ToArray();
            for (var batch = 0; batch < images.Count / batchSize; batch++)
            {
                var chosen = Permutation(byClass.Length, generator).Take(classes);
                var members = chosen.SelectMany(one => Enumerable.Range(0, batchSize / classes).Select(_ => Next(hands[one], byClass[one], generator))).ToArray();
                using var indices = tensor(members).to(images.Images.device);
                yield return new(images.Images.index_select(0, indices), images.Labels.index_select(0, indices));
            }
        }
    }

    private static long Next(Queue<long> hand, long[] members, Generator generator)
    {
        if (hand.Count == 0)
            foreach (var place in Permutation(members.Length, generator))
                hand.Enqueue(members[place]);
        return hand.Dequeue();
    }

    private static long[] Permutation(int count, Generator generator)
    {
        using var order = randperm(count, generator: generator);
        return [.. order.data<long>()];
    }
}
