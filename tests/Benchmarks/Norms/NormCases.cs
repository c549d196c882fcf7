using NormCore;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>The shapes that count, and the layers on both sides.</summary>
internal static class NormCases
{
    private static readonly long[][] Images = [[32, 64, 56, 56], [64, 256, 14, 14], [128, 128, 28, 28], [8, 16, 8, 8]];
    private static readonly long[][] Features = [[128, 512], [32, 64]];
    private static readonly long[][] Tokens = [[8192, 768], [2048, 4096], [64, 768], [8, 256]];

    /// <summary>Makes the cases one by one, in the order of the table; large tensors live only as long as their case.</summary>
    public static IEnumerable<Func<NormCase>> All(ScalarType type)
    {
        foreach (var shape in Images)
        {
            yield return () => BatchNorm(shape, type, "NCHW");
            yield return () => BatchNorm(shape, type, "channels_last");
            yield return () => BatchNormInEvaluation(shape, type);
            yield return () => InstanceNorm(shape, type);
            yield return () => GroupNorm(shape, type);
        }
        foreach (var shape in Features) yield return () => BatchNorm(shape, type, "NC");
        foreach (var shape in Tokens)
        {
            yield return () => LayerNorm(shape, type);
            yield return () => RmsNorm(shape, type, "RMSNorm", RootMeanSquare.OfTorch);
            yield return () => RmsNorm(shape, type, "RMSNorm, peer composed", RootMeanSquare.Composed);
        }
    }

    private static NormCase BatchNorm(long[] shape, ScalarType type, string layout)
    {
        var ours = new NormCore.BatchNorm(shape[1], dtype: type);
        return Of("BatchNorm", Input(shape, type, layout == "channels_last"), layout, ours, TorchBatchNorm(shape, type), References.Batch);
    }

    private static NormCase BatchNormInEvaluation(long[] shape, ScalarType type)
    {
        var (ours, peer) = (new NormCore.BatchNorm(shape[1], dtype: type), TorchBatchNorm(shape, type));
        ours.eval();
        peer.eval();
        return Of("BatchNorm, evaluation", Input(shape, type), "NCHW", ours, peer, References.Evaluation) with { HasBackward = false };
    }

    private static NormCase InstanceNorm(long[] shape, ScalarType type) => Of(
        "InstanceNorm", Input(shape, type), "NCHW", new NormCore.InstanceNorm(shape[1], affine: true, dtype: type),
        nn.InstanceNorm2d(shape[1], affine: true, dtype: type), References.Instance);

    private static NormCase GroupNorm(long[] shape, ScalarType type)
    {
        var groups = shape[1] >= 64 ? 32 : 4;
        return Of("GroupNorm", Input(shape, type), "NCHW", new NormCore.GroupNorm(groups, shape[1], dtype: type),
            nn.GroupNorm(groups, shape[1], dtype: type), (x, p) => References.Group(x, p, groups));
    }

    private static NormCase LayerNorm(long[] shape, ScalarType type) => Of(
        "LayerNorm", Input(shape, type), "rows", new NormCore.LayerNorm(shape[1], dtype: type), nn.LayerNorm(shape[1], dtype: type), References.Layer);

    private static NormCase RmsNorm(long[] shape, ScalarType type, string name, Func<Tensor, Tensor, Tensor> peer)
    {
        var ours = new RmsNorm(shape[1], RootMeanSquare.Eps, dtype: type);
        var gamma = new Parameter(Values(shape[1..], type));
        using (no_grad()) ours.Weight!.copy_(gamma);
        return new NormCase(name, Input(shape, type), "rows", ours.call, [ours.Weight!], x => peer(x, gamma), [gamma], References.Rms);
    }

    private static NormCase Of(string name, Tensor input, string layout, nn.Module<Tensor, Tensor> ours, nn.Module<Tensor, Tensor> peer, Func<Tensor, Tensor[], Tensor> reference)
    {
        using (no_grad())
            foreach (var (our, their) in ours.parameters().Zip(peer.parameters()))
            {
                our.copy_(Values(our.shape, our.dtype));
                their.copy_(our);
            }
        return new NormCase(name, input, layout, ours.call, [.. ours.parameters()], peer.call, [.. peer.parameters()], reference);
    }

    private static nn.Module<Tensor, Tensor> TorchBatchNorm(long[] shape, ScalarType type) =>
        shape.Length == 2 ? nn.BatchNorm1d(shape[1], dtype: type) : nn.BatchNorm2d(shape[1], dtype: type);

    private static Tensor Input(long[] shape, ScalarType type, bool channelsLast = false)
    {
        var x = Values(shape, type);
        if (channelsLast) x = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2); // (N, C, H, W), in memory (N, H, W, C)
        return x.detach().requires_grad_();
    }

    private static Tensor Values(long[] shape, ScalarType type) => (randn(shape) * 0.5 + 1).to(type);
}
