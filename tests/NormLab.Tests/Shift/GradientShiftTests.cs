using NormLab.Data;
using NormLab.Models;
using NormLab.Shift;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Shift;

public class GradientShiftTests
{
    [Fact]
    public void Of_three_scalar_layers_the_shift_is_the_closed_form()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential([.. Enumerable.Range(1, 3).Select(i => ($"w{i}", (nn.Module<Tensor, Tensor>)nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64)))]);
        double[] w = [0.7, -1.3, 2.1];
        network.load_state_dict(w.Select((value, i) => (value, i)).ToDictionary(pair => $"w{pair.i + 1}.weight", pair => full([1, 1], pair.value, ScalarType.Float64)));
        var (x, y, rate) = (1.5, 0.4, 0.01);

        // L = ½ (w₃w₂w₁x − y)², so ∂L/∂wᵢ = (w₃w₂w₁x − y) x Π of the others.
        double Gradient(int i, double[] at) => (at[0] * at[1] * at[2] * x - y) * x * at.Where((_, j) => j != i).Aggregate((a, b) => a * b);
        var input = full([1, 1], x, ScalarType.Float64);
        var shifts = GradientShift.Of(network, () => 0.5 * (network.call(input) - y).square().sum(), rate, training: true);
        Assert.Equal(["w2.weight", "w3.weight"], shifts.Select(shift => shift.Layer));
        double[] next = [.. w.Select((value, i) => value - rate * Gradient(i, w))];
        double[][] moved = [[next[0], w[1], w[2]], [next[0], next[1], w[2]]];
        foreach (var (i, shift) in new[] { 1, 2 }.Zip(shifts))
        {
            var (g, h) = (Gradient(i, w), Gradient(i, moved[i - 1]));

            // Float64 with a handful of operations.
            Assert.Equal(Math.Abs(g - h), shift.Distance, 1e-13);
            Assert.Equal(Math.Abs(g - h) / Math.Abs(g), shift.Relative, 1e-13);
            Assert.Equal(Math.Sign(g * h), shift.Cosine, 1e-13);
        }
    }

    [Fact]
    public void Without_a_step_nothing_shifts_even_where_layers_draw_noise_and_the_network_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        var network = ChannelNoise.After<NormCore.BatchNorm>(Networks.Mlp(c => new NormCore.BatchNorm(c), 1, [16, 16], inputs: 9), 1);
        var (x, labels) = (randn(32, 9), randint(10, 32, ScalarType.Int64));
        var state = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        Tensor Loss() => nn.functional.cross_entropy(network.call(x), labels);
        Assert.All(GradientShift.Of(network, Loss, 0, training: true), shift => Assert.Equal((0, 0), (shift.Distance, shift.Relative)));
        Assert.All(GradientShift.Of(network, Loss, 0.1, training: true), shift => Assert.InRange(shift.Cosine, -1, 0.9999));
        Assert.All(network.state_dict(), pair => Assert.True(pair.Value.Equals(state[pair.Key])));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_network_of_one_layer_has_no_shift()
    {
        using var network = nn.Linear(2, 2);
        Assert.Contains("1 layers", Assert.Throws<ArgumentException>(() => GradientShift.Of(network, () => network.call(ones(1, 2)).sum(), 0.1, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Observers_record_what_the_tools_measure()
    {
        using var scope = NewDisposeScope();
        var images = ImageData.Generated(128, 10).Train;
        TrainingRun Run(double rate, params StepObserver[] observers) => Trainer.Train(
            Networks.Mlp(null, 1, [16, 16]), images, images, new() { LearningRate = rate, BatchSize = 32, MaxSteps = 4 }, observers: observers, cancellation: TestContext.Current.CancellationToken);
        var probe = images.Images[..64];
        var run = Run(0.1, ShiftObserver.Moments(["linear1", "linear2"], probe, 2), ShiftObserver.Gradients(2));
        Assert.Equal([1, 3], run.Recorded["drift"].Steps);
        Assert.Equal([0, 2], run.Recorded["cosine"].Steps);

        var network = Networks.Mlp(null, 1, [16, 16]);
        var start = LayerMoments.Of(network, ["linear2"], probe, true)[0];
        Trainer.Train(network, images, images, run.Options with { MaxSteps = 1 }, cancellation: TestContext.Current.CancellationToken);
        var drift = WassersteinDrift.Of(start, LayerMoments.Of(network, ["linear2"], probe, true)[0]);
        Assert.Equal(drift.Relative, run.Recorded["drift linear2"].Values[0], 1e-12);
        Assert.Equal(drift.Relative, run.Recorded["distance linear2"].Values[0], 1e-12);
        Assert.All(Run(0, ShiftObserver.Moments(["linear2"], probe, 2)).Recorded["drift"].Values, value => Assert.Equal(0, value));
    }
}
