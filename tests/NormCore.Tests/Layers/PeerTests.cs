using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>TorchSharp's own layers, which call libtorch's kernels, as independent peers in the same process.</summary>
public class PeerTests
{
    // Two backward-stable computations in float64 on numbers of order 1: a few hundred roundings of 2.2e-16 at the most.
    private const double Close = 1e-12;

    public static TheoryData<long[]> Shapes =>
        [.. new long[][] { [6, 3], [2, 3], [4, 5, 7], [3, 4, 2, 5], [2, 3, 2, 3, 2], [1, 3, 4] }];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BatchNorm_agrees_with_TorchSharp_over_training_steps_and_evaluation(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(1);
        using var ours = random.BatchNorm(shape[1], momentum: 0.3);
        using var peer = Peer(ours, shape.Length);
        foreach (var training in new[] { true, true, false, true })
        {
            ours.train(training);
            peer.train(training);
            var (x, dy) = (random.Normal(shape) * 3 + 2, random.Normal(shape));
            RequireSame(Gradients(ours, x, dy), Gradients(peer, x, dy));
            var state = peer.state_dict();
            Assert.True(ours.RunningMean!.allclose(state["running_mean"], Close, Close));
            Assert.True(ours.RunningVariance!.allclose(state["running_var"], Close, Close));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LayerNorm_agrees_with_TorchSharp_over_the_last_axes(int count)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(2);
        long[] shape = [3, 4, 5, 6];
        using var ours = random.LayerNorm(shape[^count..]);
        using var peer = nn.LayerNorm(shape[^count..], dtype: ScalarType.Float64);
        peer.load_state_dict(ours.state_dict());
        var (x, dy) = (random.Normal(shape) * 3 + 2, random.Normal(shape));
        RequireSame(Gradients(ours, x, dy), Gradients(peer, x, dy));
    }

    private static nn.Module<Tensor, Tensor> Peer(BatchNorm ours, int rank)
    {
        nn.Module<Tensor, Tensor> peer = rank switch
        {
            <= 3 => nn.BatchNorm1d(ours.NumFeatures, momentum: 0.3, dtype: ScalarType.Float64),
            4 => nn.BatchNorm2d(ours.NumFeatures, momentum: 0.3, dtype: ScalarType.Float64),
            _ => nn.BatchNorm3d(ours.NumFeatures, momentum: 0.3, dtype: ScalarType.Float64),
        };
        peer.load_state_dict(ours.state_dict());
        return peer;
    }

    private static Tensor[] Gradients(nn.Module<Tensor, Tensor> layer, Tensor values, Tensor dy)
    {
        layer.zero_grad();
        var x = values.detach().clone().requires_grad_();
        var y = layer.call(x);
        (y * dy).sum().backward();
        return [y, x.grad!, layer.get_parameter("weight")!.grad!.clone(), layer.get_parameter("bias")!.grad!.clone()];
    }

    private static void RequireSame(Tensor[] ours, Tensor[] theirs)
    {
        foreach (var (our, their) in ours.Zip(theirs)) Assert.True(our.allclose(their, Close, Close));
    }
}
