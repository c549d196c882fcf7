using NormCore;
using NormLab.Data;
using NormLab.Models;
using NormLab.Training;
using NormLab.Traps;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class MicroBatchesTests
{
    // Float64 rounding through three convolutions; the gradients are of order 0.1 to 1.
    private const double Rounding = 1e-10;

    private static readonly ImageSet Images = new(randn([24, 1, 8, 8], float64, generator: new(1)), randint(0, 10, 24, int64, generator: new(2)));

    private static nn.Module<Tensor, Tensor> Network(Func<int, nn.Module<Tensor, Tensor>> norm)
    {
        var network = Networks.Cnn(norm, 1, [4, 8, 8]).to(float64);
        using var frozen = no_grad();
        var generator = new Generator(3);
        foreach (var (name, parameter) in network.named_parameters())
            if (name.StartsWith("norm"))
                parameter.copy_(randn(parameter.shape, generator: generator) + 1);
        return network;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)] // Leaves a rest of 4.
    [InlineData(8)]
    public void With_batch_norm_what_accumulates_is_the_gradient_of_ghost_batch_norm(int size)
    {
        var accumulated = MicroBatches.Gradient(Network(c => new BatchNorm(c)), Images, size);
        var ghost = MicroBatches.Gradient(Network(c => new GhostBatchNorm(c, size)), Images, Images.Count);
        Assert.Equal(ghost, accumulated, (a, b) => Math.Abs(a - b) < Rounding);
    }

    [Fact]
    public void The_trap_is_a_gap_with_batch_norm_and_none_with_group_norm_or_frozen_statistics()
    {
        Assert.True(MicroBatches.Gap(Network(c => new BatchNorm(c)), Images, 4) > 0.1);
        Assert.True(MicroBatches.Gap(Network(c => new GroupNorm(2, c)), Images, 4) < Rounding);
        var frozen = Network(c => new BatchNorm(c));
        frozen.eval();
        Assert.True(MicroBatches.Gap(frozen, Images, 4) < Rounding);
    }

    [Fact]
    public void A_sum_is_accumulated_without_shares()
    {
        var linear = nn.Linear(3, 2, dtype: float64);
        var batch = new ImageSet(randn([5, 3], float64, generator: new(4)), randn([5, 2], float64, generator: new(5)));
        Assert.True(MicroBatches.Gap(linear, batch, 2, Objective.SumOfSquares) < Rounding);
    }

    [Fact]
    public void The_network_keeps_its_statistics_and_gradients()
    {
        var network = Network(c => new BatchNorm(c));
        var change = StateChange.During(network, () => MicroBatches.Gradient(network, Images, 4));
        Assert.Empty(change.Parameters.Concat(change.Buffers));
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }
}
