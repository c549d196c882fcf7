using NormLab.Data;

namespace NormLab.Experiments;

/// <summary>The images of an experiment: the test images, and what each seed trains on, with their hashes where results are kept.</summary>
internal sealed class RunData : IDisposable
{
    private readonly (ImageSet Images, string Hash) all;
    private readonly Dictionary<int, (ImageSet Images, string Hash)> subsets = [];

    public RunData(ImageSet train, ImageSet test, int? count, IEnumerable<int> seeds, RunCache? cache)
    {
        (Test, Cache) = (test, cache);
        all = Hashed(train);
        foreach (var seed in seeds.Where(_ => count is not null))
            subsets[seed] = Hashed(train.Sample(count!.Value, seed));
    }

    public ImageSet Test { get; }

    public RunCache? Cache { get; }

    public (ImageSet Images, string Hash) Train(int seed) => subsets.GetValueOrDefault(seed, all);

    public void Dispose()
    {
        foreach (var (subset, _) in subsets.Values)
            subset.Dispose();
    }

    // Of the test images too, which decide what a run reports.
    private (ImageSet, string) Hashed(ImageSet images) =>
        (images, Cache is null ? "" : Fingerprint.Of(images.Images, images.Labels, Test.Images, Test.Labels));
}
