using System.Text.Json;
using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>Runs the library's layers on ONNX nodes, under the names of the node's outputs.</summary>
internal static class OnnxRunner
{
    public static NormalizerRun Run(GoldenCase node) => node.Op switch
    {
        "BatchNormalization" => BatchNormalization(node),
        "LayerNormalization" => LayerNormalization(node),
        "GroupNormalization" => One("y", With(new GroupNorm(Size(node, "num_groups"), node.Get("x").shape[1], Number(node, "epsilon")), node, "scale", "bias"), node.Get("x")),
        "InstanceNormalization" => One("y", With(new InstanceNorm(node.Get("x").shape[1], Number(node, "epsilon"), affine: true), node, "s", "bias"), node.Get("x")),
        "RMSNormalization" => One("Y", With(new RmsNorm(node.Get("W").shape, Number(node, "epsilon")), node, "W", null), node.Get("X")),
        "LRN" => One("y", new LocalResponseNorm(Size(node, "size"), Number(node, "alpha"), Number(node, "beta"), Number(node, "bias")), node.Get("x")),
        "LpNormalization" => new() { ["y"] = VectorNormalization.Normalize(node.Get("x"), Size(node, "p"), Size(node, "axis")) },
        "MeanVarianceNormalization" => MeanVarianceNormalization(node),
        "Dropout" => Dropout(node),
        _ => throw new NotSupportedException(node.Op),
    };

    private static NormalizerRun BatchNormalization(GoldenCase node)
    {
        var x = node.Get("x");
        // ONNX's momentum is the weight of the old statistics, ours that of the new batch.
        var momentum = 1 - Number(node, "momentum");
        using var layer = new BatchNorm(x.shape[1], Number(node, "epsilon"), momentum);
        With(layer, node, "s", "bias");
        var state = layer.state_dict();
        state["running_mean"].copy_(node.Get("mean"));
        state["running_var"].copy_(node.Get("var"));
        layer.train(Size(node, "training_mode") == 1);
        var run = One("y", layer, x);
        if (!layer.training) return run;
        run.AddIfAny("output_mean", layer.RunningMean);
        // ONNX averages variances with the divisor m, ours has m - 1.
        var m = (double)x.numel() / x.shape[1];
        var old = (1 - momentum) * node.Get("var");
        run.AddIfAny("output_var", old + (layer.RunningVariance! - old) * ((m - 1) / m));
        return run;
    }

    private static NormalizerRun LayerNormalization(GoldenCase node)
    {
        var (x, eps) = (node.Get("X"), Number(node, "epsilon"));
        using var layer = new LayerNorm(node.Get("W").shape, eps);
        var run = One("Y", With(layer, node, "W", "B"), x);
        var (mean, variance, _) = Moments.Of(x, Axes.Last(layer.NormalizedShape.Count, (int)x.dim()));
        run.AddIfAny("Mean", mean);
        run.AddIfAny("InvStdDev", (variance + eps).rsqrt());
        return run;
    }

    // ONNX adds 1e-9 to the standard deviation itself; beside one of order 1 that is below float32.
    private static NormalizerRun MeanVarianceNormalization(GoldenCase node) =>
        new() { ["Y"] = Normalization.Normalize(node.Get("X"), node.AttributesWithDefaults.GetProperty("axes").Deserialize<long[]>()!, eps: 0) };

    // Drop block with blocks of one element is dropout but for its scale, count/kept: that divided out, dropout's 1/(1 − ratio) remains.
    private static NormalizerRun Dropout(GoldenCase node)
    {
        var x = node.Get("x");
        var ratio = node.Find("r")?.item<float>() ?? 0.5;
        using var layer = new DropBlock(ratio, blockSize: 1);
        layer.train(node.Find("t")?.item<bool>() ?? false);
        var run = new NormalizerRun();
        if (layer.training && ratio > 0)
        {
            // NumPy drew this mask and torch's generator draws others, so what is made of it is all that can be compared.
            var kept = node.Get("y") != 0;
            run["y"] = DropBlock.Masked(x, kept) * kept.to(x.dtype).mean() / (1 - ratio);
            if (node.Has("z")) run["z"] = kept;
            return run;
        }
        run["y"] = layer.call(x.view([.. Enumerable.Repeat(1L, 4 - (int)x.dim()), .. x.shape])).view(x.shape); // (*) → (N, C, H, W) → (*)
        if (node.Has("z")) run["z"] = run["y"] == x;
        return run;
    }

    private static NormalizerRun One(string name, nn.Module<Tensor, Tensor> layer, Tensor x)
    {
        var run = new NormalizerRun();
        run.AddIfAny(name, layer.call(x));
        return run;
    }

    private static nn.Module<Tensor, Tensor> With(nn.Module<Tensor, Tensor> layer, GoldenCase node, string weight, string? bias)
    {
        using var noGradient = no_grad();
        layer.get_parameter("weight")!.copy_(node.Get(weight));
        if (bias is not null) layer.get_parameter("bias")!.copy_(node.Get(bias));
        return layer;
    }

    private static double Number(GoldenCase node, string name) => node.AttributesWithDefaults.GetProperty(name).GetDouble();

    private static long Size(GoldenCase node, string name) => node.AttributesWithDefaults.GetProperty(name).GetInt64();
}
