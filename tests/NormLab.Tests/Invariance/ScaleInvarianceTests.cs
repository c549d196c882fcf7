using NormLab.Data;
using NormLab.Invariance;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Invariance;

public class ScaleInvarianceTests
{
    private static readonly ImageSet Images = TestNetworks.Images(64);

    private static nn.Module<Tensor, Tensor> Network(double eps) => TestNetworks.Invariant(seed: 1, eps);

    [Fact]
    public void Without_eps_batch_norm_hides_the_size_of_the_weights_before_it()
    {
        var found = ScaleInvariance.Of(Network(0), Images, training: true, name => name.EndsWith("weight"), factor: 7);

        // Float64 rounding, amplified by the divisions by standard deviations and by cancellation in the projections.
        Assert.True(found.LossChange < 1e-12, $"{found}");
        Assert.True(found.Alignment < 1e-12, $"{found}");
        Assert.True(found.GradientMismatch < 1e-11, $"{found}");
    }

    [Fact]
    public void Running_statistics_or_a_large_eps_do_not()
    {
        Assert.True(ScaleInvariance.Of(Network(0), Images, training: false, name => name.EndsWith("weight")).LossChange > 0.01);
        Assert.True(ScaleInvariance.Of(Network(1), Images, training: true, name => name.EndsWith("weight")).Alignment > 1e-4);
    }

    [Fact]
    public void A_homogeneous_loss_has_its_known_alignment()
    {
        // L = ‖x W‖² and its gradient 2 xᵀx W: for x = I they are parallel, and ∇L(aW) = a ∇L(W), so that a ∇L(aW) − ∇L(W) = (a² − 1) ∇L(W).
        var linear = nn.Linear(3, 3, hasBias: false, dtype: ScalarType.Float64);
        var batch = new ImageSet(eye(3, dtype: ScalarType.Float64), zeros(3, 3, dtype: ScalarType.Float64));
        var found = ScaleInvariance.Of(linear, batch, training: true, _ => true, factor: 3, Objective.SumOfSquares);
        Assert.Equal((8, 1, 8), (found.LossChange, found.Alignment, found.GradientMismatch), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2) && Near(a.Item3, b.Item3));

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
    }

    [Fact]
    public void The_network_is_afterwards_what_it_was()
    {
        var network = Network(0);
        network.eval();
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        ScaleInvariance.Of(network, Images, training: true, name => name.EndsWith("weight"));
        Assert.All(network.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>()));
        Assert.False(network.training);
    }

    [Fact]
    public void Names_that_fit_nothing_are_answered_with_those_there_are() =>
        Assert.Contains("linear1.weight", Assert.Throws<ArgumentException>(() => ScaleInvariance.Of(Network(0), Images, true, _ => false)).Message);
}
