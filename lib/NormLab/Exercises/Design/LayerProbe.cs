using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>What a layer of a study does in training, found by feeding it one sample in changing company.</summary>
/// <param name="Mean">Its mean output for that sample.</param>
/// <param name="Noise">How far the output varies with the company, relative to its size.</param>
/// <param name="Normalizes">Whether the output stays in range when all inputs are eight times as large.</param>
internal sealed record LayerProbe(double[] Mean, double Noise, bool Normalizes)
{
    private const int Channels = 16;
    private const int Companies = 64;
    private const double Stretch = 8;

    public static LayerProbe Of(StudyArm arm)
    {
        using var scope = NewDisposeScope();
        using var layer = Training.RandomState.Seeded(1, () => Trial.There($"The layer of the arm '{arm.Name}'", arm.Layer(Channels)));
        layer.train();
        var outputs = Training.RandomState.Seeded(2, () => Outputs(layer, arm.BatchSize, 1)); // (K, C)
        var stretched = Training.RandomState.Seeded(2, () => Outputs(layer, arm.BatchSize, Stretch));
        var mean = outputs.mean([0L]);
        var size = mean.square().mean().sqrt().item<double>();
        var noise = (outputs - mean).square().mean().sqrt().item<double>() / size;
        return new(mean.Numbers(), noise, stretched.mean([0L]).square().mean().sqrt().item<double>() < size * Stretch / 2);
    }

    /// <summary>Whether two layers compute the same but for noise: their means differ by less than a third of their size.</summary>
    public bool SameMeanAs(LayerProbe other) =>
        Mean.Zip(other.Mean, (a, b) => (a - b) * (a - b)).Sum() < Mean.Sum(a => a * a) / 9;

    // Channels of different centres: norms over the batch remove them, norms of one sample do not.
    private static Tensor Outputs(nn.Module<Tensor, Tensor> layer, int batchSize, double stretch)
    {
        var (centre, sample) = (2 * Sample.Normal(38, 1, Channels), Sample.Normal(39, 1, Channels));
        return cat([.. Enumerable.Range(0, Companies).Select(number =>
        {
            var batch = centre + cat([sample, Sample.Normal(1000 + number, batchSize - 1, Channels)], 0); // (N, C)
            return layer.call((stretch * batch).to(ScalarType.Float32)).to(ScalarType.Float64).narrow(0, 0, 1);
        })], 0);
    }
}
