using NormCore;
using NormLab.Comparisons;
using NormLab.Curvature;
using NormLab.Data;
using NormLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

public class LossHessianTests
{
    private static readonly Generator Random = new(1);

    private static Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float64, generator: Random);

    private static nn.Module Relu(nn.Module network) => network.named_modules().First(child => child.name == "relu1").module;

    private static void RequireSame(Tensor expected, Tensor actual) => Assert.True(Compare.To("the closed form", 1e-10, ("H", actual, expected)).Passed);

    [Fact]
    public void Least_squares_has_the_Gram_matrix_of_its_inputs()
    {
        using var scope = NewDisposeScope();
        using var data = new ImageSet(Normal(30, 5), Normal(30, 1));
        using var network = nn.Linear(5, 1, hasBias: false).to(ScalarType.Float64);
        using var hessian = new LossHessian(network, (output, y) => (output - y).square().mean() / 2, data, NetworkMode.Training);
        RequireSame(data.Images.t().mm(data.Images) / 30, ExactHessian.Of(hessian));
        RequireSame(-(data.Labels - network.forward(data.Images)).t().mm(data.Images).flatten() / 30, hessian.Gradient);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    public void Logistic_regression_has_its_closed_form_with_and_without_micro_batches(int? microBatch)
    {
        using var scope = NewDisposeScope();
        using var data = new ImageSet(Normal(30, 4), Normal(30, 1).gt(0).to(ScalarType.Float64));
        using var network = nn.Linear(4, 1, hasBias: false).to(ScalarType.Float64);
        using var hessian = new LossHessian(network, (z, y) => nn.functional.binary_cross_entropy_with_logits(z, y), data, NetworkMode.Training, microBatch);
        var p = network.forward(data.Images).sigmoid().detach(); // (N, 1)
        RequireSame((data.Images * p * (1 - p)).t().mm(data.Images) / 30, ExactHessian.Of(hessian));
    }

    [Fact]
    public void A_quadratic_function_has_its_matrix()
    {
        using var scope = NewDisposeScope();
        var matrix = KnownMatrix.With(KnownMatrix.Spread(6), 2);
        RequireSame(matrix, ExactHessian.Of(w => w.dot(matrix.mv(w)) / 2, Normal(6)));
    }

    [Theory]
    [InlineData(NetworkMode.Training, true)]
    [InlineData(NetworkMode.Evaluation, true)]
    [InlineData(NetworkMode.Training, false)]
    [InlineData(NetworkMode.Evaluation, false)]
    public void Products_agree_with_differences_of_gradients_in_either_mode(NetworkMode mode, bool ours)
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(("a", nn.Linear(6, 5)), ("norm", ours ? new BatchNorm(5) : nn.BatchNorm1d(5)), ("tanh", nn.Tanh()), ("b", nn.Linear(5, 3))).to(ScalarType.Float64);
        using (no_grad())
        {
            foreach (var parameter in network.parameters()) parameter.copy_(Normal(parameter.shape) / 2);
        }

        using var data = new ImageSet(Normal(20, 6), randint(0, 3, [20], generator: Random));
        LossHessian Here() => new(network, (z, y) => nn.functional.cross_entropy(z, y), data, mode);
        using var hessian = Here();
        var v = Normal(hessian.Size);
        using var product = hessian.Times(v);
        Tensor GradientAt(double step)
        {
            Move(v * step);
            using var moved = Here();
            Move(v * -step);
            return moved.Gradient.clone();
        }

        void Move(Tensor by)
        {
            using var frozen = no_grad();
            var start = 0L;
            foreach (var parameter in network.parameters())
            {
                parameter.add_(by.narrow(0, start, parameter.numel()).view(parameter.shape));
                start += parameter.numel();
            }
        }

        // Fourth-order differences: their error is a fifth derivative times 1e-12, their rounding 1e-16/1e-3.
        const double Step = 1e-3;
        var difference = ((GradientAt(Step) - GradientAt(-Step)) * 8 - (GradientAt(2 * Step) - GradientAt(-2 * Step))) / (12 * Step);
        Assert.True(Compare.To("differences", 1e-7, ("H v", product, difference)).Passed);
    }

    [Fact]
    public void Modes_buffers_and_gradients_stay_as_they_are()
    {
        using var network = Networks.Mlp(c => new BatchNorm(c), 1, [8], inputs: 16);
        using var data = new ImageSet(rand(12, 16), randint(0, 10, [12]));
        network.eval();
        Relu(network).train();
        var before = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using (var hessian = new LossHessian(network, (z, y) => nn.functional.cross_entropy(z, y), data, NetworkMode.Training))
            hessian.Times(ones(hessian.Size)).Dispose();
        Assert.All(network.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>(), pair.Key));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.False(network.training);
        Assert.True(Relu(network).training);
    }

    [Fact]
    public void Micro_batches_are_refused_while_batch_statistics_are_live()
    {
        using var network = Networks.Mlp(c => new BatchNorm(c), 1, [8], inputs: 16);
        using var data = new ImageSet(rand(12, 16), randint(0, 10, [12]));
        LossHessian Split(NetworkMode mode) => new(network, (z, y) => nn.functional.cross_entropy(z, y), data, mode, microBatch: 4);
        Assert.Contains("another function", Assert.Throws<ArgumentException>(() => Split(NetworkMode.Training)).Message);
        Split(NetworkMode.Evaluation).Dispose();
    }
}
