using NormLab.Style;
using static TorchSharp.torch;

namespace NormLab.Tests.Style;

public sealed class LinearProbeTests : IDisposable
{
    private readonly Generator generator = new(8);

    public void Dispose() => generator.Dispose();

    [Fact]
    public void What_is_linear_in_the_features_is_found_and_what_is_not_there_is_guessed()
    {
        using var scope = NewDisposeScope();
        var (x, z) = (randn(2_000, 6, generator: generator), randn(4_000, 6, generator: generator));
        Tensor Sign(Tensor of) => of.select(1, 2).gt(0).to(int64);
        Tensor Random(long count) => (rand(count, generator: generator) * 4).to(int64);
        var found = LinearProbe.Accuracies(x, z, [(Sign(x), Sign(z)), (Random(2_000), Random(4_000))]);

        // The direction of the answer is off by about √(d/n) = 0.05 rad, and as large a part of 1/π of the samples lies in between.
        Assert.InRange(found[0], 0.95, 1);

        // A quarter, within five standard deviations √(3/16/4000) = 0.007.
        Assert.InRange(found[1], 0.215, 0.285);
    }

    [Fact]
    public void It_is_the_least_squares_solution_in_closed_form()
    {
        using var scope = NewDisposeScope();

        // Standardized, the only feature is ∓1 and the answers of the classes are ½ ∓ w x with w > 0 for the second.
        var (x, labels) = (tensor(new[] { 0.0, 0, 4, 4 }).unsqueeze(1), tensor(new long[] { 0, 0, 1, 1 }));
        var asked = tensor(new[] { 1.9, 2.1 }).unsqueeze(1);
        Assert.Equal([1], LinearProbe.Accuracies(x, asked, [(labels, tensor(new long[] { 0, 1 }))]));
        Assert.Equal([0.5], LinearProbe.Accuracies(x, asked, [(labels, tensor(new long[] { 0, 0 }))]));
    }

    [Fact]
    public void A_feature_of_rounding_errors_says_nothing()
    {
        using var scope = NewDisposeScope();
        var labels = arange(200) % 2;
        var rounding = 1 + 1e-7 * labels.to(float32).unsqueeze(1);
        var x = cat([randn(200, 1, generator: generator), rounding], 1);
        Assert.InRange(LinearProbe.Accuracies(x, x, [(labels, labels)])[0], 0.3, 0.7);
    }

    [Fact]
    public void Features_and_labels_must_fit()
    {
        var labels = zeros(4, dtype: int64);
        Assert.Throws<ArgumentException>(() => LinearProbe.Accuracies(zeros(4, 2), zeros(4, 3), [(labels, labels)]));
        Assert.Throws<ArgumentException>(() => LinearProbe.Accuracies(zeros(5, 2), zeros(4, 2), [(labels, labels)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearProbe.Accuracies(zeros(4, 2), zeros(4, 2), [(labels, labels)], ridge: 0));
    }
}
