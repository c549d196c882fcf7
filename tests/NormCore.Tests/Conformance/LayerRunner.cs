using System.Text.Json;
using NormCore.Tests.Conformance.Format;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>Runs the library's layers on golden cases, gradients by autograd.</summary>
internal static class LayerRunner
{
    public static BatchNorm BatchNormOf(GoldenCase golden, ScalarType type)
    {
        var layer = new BatchNorm(
            golden.Attributes.GetProperty("num_features").GetInt64(), golden.Eps, golden.Momentum, golden.Flag("affine"), golden.Flag("track_running_stats"), dtype: type);
        CopyParameters(golden, layer.Weight, layer.Bias);
        CopyStatistics(golden, layer.RunningMean, layer.RunningVariance);
        layer.NumBatchesTracked?.fill_(golden.Attributes.GetProperty("num_batches_tracked").GetInt64());
        return layer;
    }

    public static NormalizerRun BatchNorm(GoldenCase golden)
    {
        using var layer = BatchNormOf(golden, ParameterType(golden));
        layer.train(golden.Flag("training"));
        var run = Run(golden, layer, layer.Weight, layer.Bias);
        run.AddIfAny("running_mean_out", layer.RunningMean?.clone());
        run.AddIfAny("running_var_out", layer.RunningVariance?.clone());
        if (layer.NumBatchesTracked is { } tracked)
            Assert.Equal(golden.Attributes.GetProperty("num_batches_tracked_out").GetInt64(), tracked.item<long>());
        return run;
    }

    public static NormalizerRun LayerNorm(GoldenCase golden)
    {
        using var layer = new LayerNorm(NormalizedShape(golden), golden.Eps, golden.Has("weight"), golden.Has("bias"), dtype: ParameterType(golden));
        return Run(golden, layer, layer.Weight, layer.Bias);
    }

    public static NormalizerRun GroupNorm(GoldenCase golden)
    {
        var attributes = golden.Attributes;
        using var layer = new GroupNorm(
            attributes.GetProperty("num_groups").GetInt64(), attributes.GetProperty("num_channels").GetInt64(), golden.Eps, golden.Flag("affine"), dtype: ParameterType(golden));
        return Run(golden, layer, layer.Weight, layer.Bias);
    }

    public static NormalizerRun RmsNorm(GoldenCase golden)
    {
        double? eps = golden.Attributes.GetProperty("eps").ValueKind == JsonValueKind.Null ? null : golden.Eps;
        using var layer = new RmsNorm(NormalizedShape(golden), eps, golden.Flag("elementwise_affine"), dtype: ParameterType(golden));
        return Run(golden, layer, layer.Weight, bias: null);
    }

    public static NormalizerRun InstanceNorm(GoldenCase golden)
    {
        using var layer = new InstanceNorm(
            golden.Attributes.GetProperty("num_features").GetInt64(), golden.Eps, golden.Momentum, golden.Flag("affine"), golden.Flag("track_running_stats"), dtype: ParameterType(golden));
        CopyStatistics(golden, layer.RunningMean, layer.RunningVariance);
        layer.train(golden.Flag("training"));
        var run = Run(golden, layer, layer.Weight, layer.Bias);
        run.AddIfAny("running_mean_out", layer.RunningMean?.clone());
        run.AddIfAny("running_var_out", layer.RunningVariance?.clone());
        return run;
    }

    public static ScalarType ParameterType(GoldenCase golden) => (golden.Find("weight") ?? golden.Find("x") ?? golden.Get("x0")).dtype;

    private static long[] NormalizedShape(GoldenCase golden) =>
        [.. golden.Attributes.GetProperty("normalized_shape").EnumerateArray().Select(length => length.GetInt64())];

    private static NormalizerRun Run(GoldenCase golden, nn.Module<Tensor, Tensor> layer, Parameter? weight, Parameter? bias)
    {
        CopyParameters(golden, weight, bias);
        var x = golden.Get("x").requires_grad_();
        var y = layer.call(x);
        Assert.Equal(x.dtype, y.dtype);
        // The product rounds only the loss: its gradient with respect to y is grad_output exactly.
        (y * golden.Get("grad_output")).sum().backward();
        var run = new NormalizerRun();
        run.AddIfAny("y", y);
        run.AddIfAny("grad_input", x.grad);
        run.AddIfAny("grad_weight", weight?.grad?.clone());
        run.AddIfAny("grad_bias", bias?.grad?.clone());
        return run;
    }

    private static void CopyParameters(GoldenCase golden, Tensor? weight, Tensor? bias)
    {
        using var noGradient = no_grad();
        Copy(golden, "weight", weight);
        Copy(golden, "bias", bias);
    }

    private static void CopyStatistics(GoldenCase golden, Tensor? mean, Tensor? variance)
    {
        Copy(golden, "running_mean", mean);
        Copy(golden, "running_var", variance);
    }

    private static void Copy(GoldenCase golden, string name, Tensor? target)
    {
        Assert.Equal(golden.Has(name), target is not null);
        target?.copy_(golden.Get(name));
    }
}
