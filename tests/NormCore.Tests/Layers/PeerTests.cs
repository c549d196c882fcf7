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

    [Theory]
    [InlineData(1, new long[] { 4, 6, 3 })]
    [InlineData(2, new long[] { 4, 6, 1 })]
    [InlineData(3, new long[] { 2, 6, 4, 5 })]
    [InlineData(6, new long[] { 1, 6, 2, 3, 2 })]
    public void GroupNorm_agrees_with_TorchSharp(long groups, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(19);
        using var ours = random.Drawn(new GroupNorm(groups, 6, 1e-3, dtype: ScalarType.Float64));
        using var peer = nn.GroupNorm(groups, 6, 1e-3, dtype: ScalarType.Float64);
        peer.load_state_dict(ours.state_dict());
        var (x, dy) = (random.Normal(shape) * 3 + 2, random.Normal(shape));
        RequireSame(Gradients(ours, x, dy), Gradients(peer, x, dy));
    }

    [Theory]
    [InlineData(true, new long[] { 4, 3, 5 })]
    [InlineData(true, new long[] { 4, 3, 5, 2 })]
    [InlineData(false, new long[] { 1, 3, 5 })]
    [InlineData(false, new long[] { 2, 3, 2, 2 })]
    public void InstanceNorm_agrees_with_TorchSharp_over_training_steps_and_evaluation(bool track, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(20);
        using var ours = random.Drawn(new InstanceNorm(3, 1e-3, 0.3, affine: true, track, dtype: ScalarType.Float64));
        using nn.Module<Tensor, Tensor> peer = shape.Length == 3
            ? nn.InstanceNorm1d(3, 1e-3, 0.3, true, track, dtype: ScalarType.Float64)
            : nn.InstanceNorm2d(3, 1e-3, 0.3, true, track, dtype: ScalarType.Float64);
        peer.load_state_dict(ours.state_dict());
        foreach (var training in new[] { true, true, false, true })
        {
            ours.train(training);
            peer.train(training);
            var (x, dy) = (random.Normal(shape) * 3 + 2, random.Normal(shape));
            RequireSame(Gradients(ours, x, dy), Gradients(peer, x, dy));
            if (!track) continue;
            Assert.True(ours.RunningMean!.allclose(peer.state_dict()["running_mean"], Close, Close));
            Assert.True(ours.RunningVariance!.allclose(peer.state_dict()["running_var"], Close, Close));
        }
    }

    [Theory]
    [InlineData(1, new long[] { 2, 5, 4 })]
    [InlineData(2, new long[] { 2, 5, 3, 3 })]
    [InlineData(3, new long[] { 1, 5, 2, 2, 2 })]
    [InlineData(4, new long[] { 2, 3, 4 })]
    [InlineData(20, new long[] { 2, 5, 3, 1 })]
    public void LocalResponseNorm_agrees_with_TorchSharp(long size, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(21);
        using var ours = new LocalResponseNorm(size, 0.7, 0.6, 1.5);
        using var peer = nn.LocalResponseNorm(size, 0.7, 0.6, 1.5);
        var (x, dy) = (random.Normal(shape) * 3, random.Normal(shape));
        RequireSame(Gradients(ours, x, dy), Gradients(peer, x, dy));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(2.5, -1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Unit_vectors_are_those_of_TorchSharp(double p, long axis)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(22);
        var (x, dy) = (random.Normal(4, 3, 2), random.Normal(4, 3, 2));
        var (ours, theirs) = (x.clone().requires_grad_(), x.clone().requires_grad_());
        var (y, peer) = (VectorNormalization.Normalize(ours, p, axis), nn.functional.normalize(theirs, p, axis, 1e-12));
        RequireSame([y, autograd.grad([(y * dy).sum()], [ours])[0]], [peer, autograd.grad([(peer * dy).sum()], [theirs])[0]]);
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
        return [y, x.grad!, .. layer.named_parameters().OrderBy(pair => pair.name, StringComparer.Ordinal).Select(pair => pair.parameter.grad!.clone())];
    }

    private static void RequireSame(Tensor[] ours, Tensor[] theirs)
    {
        Assert.Equal(theirs.Length, ours.Length);
        foreach (var (our, their) in ours.Zip(theirs)) Assert.True(our.allclose(their, Close, Close));
    }
}
