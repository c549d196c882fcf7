using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>Asks what can be read from features by a linear map: ridge regression on one-hot labels, the largest answer wins.</summary>
/// <remarks>
/// Alain and Bengio 2016, arXiv:1610.01644v4, probe with softmax regression; least squares has a closed form, so that probes have
/// neither steps nor a learning rate. Features are standardized by the statistics of the training samples.
/// </remarks>
public static class LinearProbe
{
    // A feature whose deviation is smaller than this, relative to the largest, has only rounding errors in float32.
    private const double Rounding = 1e-5;

    /// <summary>
    /// The share of test samples, 0 to 1, whose label is found, for each set of labels: W = (XᵀX + λnI)⁻¹ XᵀY on standardized training
    /// features with a constant, argmax on test features. Computed in float64.
    /// </summary>
    /// <param name="train">Training features, (n, d).</param>
    /// <param name="test">Test features, (m, d).</param>
    /// <param name="labels">For each question its training labels (n) and its test labels (m), int64 from 0.</param>
    /// <param name="ridge">λ, relative to the variance of a feature.</param>
    /// <exception cref="ArgumentException">Features or labels that do not fit each other.</exception>
    public static double[] Accuracies(Tensor train, Tensor test, IReadOnlyList<(Tensor Train, Tensor Test)> labels, double ridge = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(labels);
        if (train.dim() != 2 || test.dim() != 2 || train.shape[1] != test.shape[1] || labels.Any(of => of.Train.numel() != train.shape[0] || of.Test.numel() != test.shape[0]))
            throw new ArgumentException($"The probe got features of shapes ({string.Join(", ", train.shape)}) and ({string.Join(", ", test.shape)}); (n, d) and (m, d) are needed, with n training and m test labels.", nameof(train));
        if (!(ridge > 0))
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "λ must be positive: features may repeat each other, and X′X then has no inverse.");

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var wide = train.to(ScalarType.Float64);
        var mean = wide.mean([0L], keepdim: true);
        var deviation = (wide - mean).square().mean([0L], keepdim: true).sqrt();
        deviation = deviation.masked_fill(deviation.lt(Rounding * deviation.max()), double.PositiveInfinity);
        var (x, z) = ((wide - mean) / deviation, (test.to(ScalarType.Float64) - mean) / deviation);
        var y = cat([.. labels.Select(of => OneHot(of.Train))], 1); // (n, all classes)
        var gram = x.T.mm(x) + ridge * x.shape[0] * eye(x.shape[1], dtype: ScalarType.Float64, device: x.device);
        var answers = z.mm(linalg.solve(gram, x.T.mm(y))) + y.mean([0L], keepdim: true); // features have mean zero
        var columns = labels.Select(of => of.Train.max().item<long>() + 1).ToArray();
        return [.. answers.split(columns, 1).Zip(labels, (answer, of) => Share(answer.argmax(1).eq(of.Test)))];
    }

    private static Tensor OneHot(Tensor labels) => nn.functional.one_hot(labels).to(ScalarType.Float64);

    private static double Share(Tensor right) => right.to(ScalarType.Float64).mean().item<double>();
}
