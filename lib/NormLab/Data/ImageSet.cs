using static TorchSharp.torch;

namespace NormLab.Data;

/// <summary>Images with their labels.</summary>
/// <param name="Images">Shape (N, 1, 28, 28), float32; or any (N, *) that a network takes.</param>
/// <param name="Labels">Shape (N), int64; or targets (N, *).</param>
public sealed record ImageSet(Tensor Images, Tensor Labels) : IDisposable
{
    /// <summary>N, the number of images.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>The first images, as many as asked for.</summary>
    public ImageSet First(int count)
    {
        if (count < 1 || count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The set has {Count} images.");

        return new(Images.narrow(0, 0, count), Labels.narrow(0, 0, count));
    }

    /// <summary>Images drawn without replacement, in the order drawn.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed of the draw.</param>
    public ImageSet Sample(int count, int seed)
    {
        if (count < 1 || count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The set has {Count} images.");

        using var generator = new Generator((ulong)seed);
        using var drawn = randperm(Count, generator: generator);
        using var indices = drawn.narrow(0, 0, count).to(Images.device);
        return new(Images.index_select(0, indices), Labels.index_select(0, indices));
    }

    /// <summary>Smaller images, (N, 1, 28/k, 28/k), by the mean of each k×k pixels: a quarter of the work for k = 2.</summary>
    /// <param name="factor">k, which divides the side.</param>
    public ImageSet Pooled(int factor = 2)
    {
        if (factor < 1 || Images.dim() != 4 || Images.shape[2] % factor != 0 || Images.shape[3] % factor != 0)
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"The images have shape ({string.Join(", ", Images.shape)}); the factor must divide their sides.");

        return new(nn.functional.avg_pool2d(Images, factor), Labels.alias());
    }

    /// <summary>A copy on a device.</summary>
    public ImageSet To(Device device) => new(Images.to(device), Labels.to(device));

    /// <summary>
    /// One pass in random order. A rest that fills no batch is left out: its statistics would be those of another
    /// batch size, and batch norm cannot train on a batch of one.
    /// </summary>
    /// <param name="batchSize">N of each batch.</param>
    /// <param name="generator">The source of the order, on the CPU; arms that get equal generators get equal batches.</param>
    /// <returns>Batches that the caller disposes.</returns>
    public IEnumerable<ImageSet> Batches(int batchSize, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (batchSize < 1 || batchSize > Count)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"The set has {Count} images, so a batch holds 1 to {Count}.");

        return Shuffled();

        IEnumerable<ImageSet> Shuffled()
        {
            using var drawn = randperm(Count, generator: generator);
            using var order = drawn.to(Images.device);
            for (var start = 0; start + batchSize <= Count; start += batchSize)
            {
                using var indices = order.narrow(0, start, batchSize);
                yield return new(Images.index_select(0, indices), Labels.index_select(0, indices));
            }
        }
    }

    /// <summary>Consecutive pieces in the stored order, the last one shorter: for evaluation.</summary>
    /// <returns>Views that the caller disposes.</returns>
    public IEnumerable<ImageSet> Chunks(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        for (var start = 0; start < Count; start += size)
        {
            var length = Math.Min(size, Count - start);
            yield return new(Images.narrow(0, start, length), Labels.narrow(0, start, length));
        }
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }

    /// <summary>The number and shape of the images.</summary>
    public override string ToString() => $"{Count} images ({string.Join(", ", Images.shape)})";

    internal static ImageSet Of(RawImages raw, double mean, double deviation)
    {
        using var scope = NewDisposeScope();
        using var bytes = tensor(raw.Images, ScalarType.Byte);
        var images = bytes.to(ScalarType.Float32).div_(255).sub_(mean).div_(deviation).reshape(raw.Count, 1, RawImages.Side, RawImages.Side); // (N, 1, 28, 28)
        var labels = tensor(raw.Labels, ScalarType.Byte).to(ScalarType.Int64);
        return new(images.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }
}
