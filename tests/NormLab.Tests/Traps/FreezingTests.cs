using NormCore;
using NormLab.Models;
using NormLab.Traps;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class FreezingTests
{
    private static readonly Tensor X = 3 * randn([16, 1, 8, 8], generator: new(1)) + 1;

    private static nn.Module<Tensor, Tensor> Extractor()
    {
        var network = Networks.Cnn(c => new BatchNorm(c), 1, [4, 8, 8]);
        foreach (var (name, parameter) in network.named_parameters())
            parameter.requires_grad_(name.StartsWith("linear"));
        return network;
    }

    private static StateChange Step(nn.Module<Tensor, Tensor> network)
    {
        var sgd = optim.SGD(network.parameters(), 0.1);
        return StateChange.During(network, () =>
        {
            network.call(X).square().sum().backward();
            sgd.step();
        });
    }

    [Fact]
    public void Parameters_that_take_no_gradient_leave_the_statistics_moving()
    {
        var change = Step(Extractor());
        Assert.Equal(["linear.weight", "linear.bias"], change.Parameters);
        Assert.Equal(9, change.Buffers.Length); // Mean, variance and count of three layers.
        Assert.Contains("norm2.running_var", change.Buffers);
    }

    [Fact]
    public void Evaluation_mode_of_the_norms_does_not_outlive_train_and_a_frozen_batch_norm_does()
    {
        var network = Extractor();
        foreach (var norm in network.named_modules().Select(child => child.module).OfType<BatchNorm>())
            norm.eval();
        Assert.Empty(Step(network).Buffers);
        network.train();
        Assert.NotEmpty(Step(network).Buffers);

        network = Replacement.Each(Extractor(), (BatchNorm norm) => FrozenBatchNorm.Of(norm));
        network.train();
        Assert.Empty(Step(network).Buffers);
    }

    [Fact]
    public void A_change_of_one_bit_is_seen_and_a_copy_of_the_same_is_none()
    {
        var linear = nn.Linear(2, 2);
        using var frozen = no_grad();
        Assert.Empty(StateChange.During(linear, () => linear.weight!.mul_(1)).Parameters);
        Assert.Equal(["bias"], StateChange.During(linear, () => linear.bias![0] = MathF.BitIncrement(linear.bias[0].item<float>())).Parameters);
    }
}
