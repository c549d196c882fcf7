using System.Text.Json;
using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>Numbers that other frameworks print in their tests; each source says how far they may be off.</summary>
public class LiteralTests
{
    public static TheoryData<string> Ids => SharedSuite.Literals.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_layers_give_the_numbers_that_other_frameworks_print(string id)
    {
        var literal = SharedSuite.Literals.Case(id);
        using var scope = NewDisposeScope();
        var run = Run(literal);
        Assert.Empty(literal.Expected.Select(t => GoldenComparison.Failure(literal, t.Name, run[t.Name], literal.Atol!.Value)).OfType<string>());
    }

    private static NormalizerRun Run(GoldenCase literal)
    {
        using var layer = Layer(literal);
        // The names of the cases are PyTorch's and so are the layers'; a missing weight is 1 and a missing bias 0, as a layer begins.
        var state = layer.state_dict();
        using (no_grad())
            foreach (var given in literal.Tensors.Where(t => t.Role is "param" or "state"))
                state[given.Name].copy_(literal.Get(given.Name));
        if (literal.Op == "batch_norm_sequence") return Sequence(literal, layer);
        layer.train(Flag(literal, "training", otherwise: true));
        var x = literal.Get("x").requires_grad_();
        var y = layer.call(x);
        var run = new NormalizerRun();
        run.AddIfAny("y", y);
        if (literal.Find("grad_output") is { } dy)
        {
            (y * dy).sum().backward();
            run.AddIfAny("grad_input", x.grad);
            run.AddIfAny("grad_weight", layer.get_parameter("weight")!.grad);
            run.AddIfAny("grad_bias", layer.get_parameter("bias")!.grad);
        }
        run.AddIfAny("running_mean_out", layer.get_buffer("running_mean"));
        run.AddIfAny("running_var_out", layer.get_buffer("running_var"));
        if (!literal.Has("batch_mean")) return run;
        var (mean, variance, _) = Moments.Of(x, Axes.AllBut(1, (int)x.dim()));
        run.AddIfAny("batch_mean", mean.view(-1));
        run.AddIfAny("batch_var", variance.view(-1));
        return run;
    }

    private static NormalizerRun Sequence(GoldenCase literal, nn.Module<Tensor, Tensor> layer)
    {
        var run = new NormalizerRun();
        foreach (var (i, mode) in literal.Attributes.GetProperty("modes").EnumerateArray().Select(mode => mode.GetString()).Index())
        {
            layer.train(mode == "train");
            run.AddIfAny($"y{i}", layer.call(literal.Get($"x{i}")));
        }
        return run;
    }

    private static nn.Module<Tensor, Tensor> Layer(GoldenCase literal)
    {
        var type = (literal.Find("x") ?? literal.Get("x0")).dtype;
        var (weight, affine, tracks) = (literal.Has("weight"), literal.Has("weight") || literal.Has("bias"), literal.Has("running_mean"));
        return literal.Op switch
        {
            "batch_norm" or "batch_norm_sequence" => new BatchNorm(Size(literal, "num_features"), literal.Eps, affine: affine, trackRunningStatistics: tracks, dtype: type),
            "group_norm" => new GroupNorm(Size(literal, "num_groups"), Size(literal, "num_channels"), literal.Eps, affine, dtype: type),
            "layer_norm" => new LayerNorm(NormalizedShape(literal), literal.Eps, weight, literal.Has("bias"), dtype: type),
            "instance_norm" => new InstanceNorm(Size(literal, "num_features"), literal.Eps, affine: affine, dtype: type),
            "rms_norm" => new RmsNorm(NormalizedShape(literal), literal.Eps, dtype: type),
            "local_response_norm" => new LocalResponseNorm(Size(literal, "size"), Number(literal, "alpha"), Number(literal, "beta"), Number(literal, "k")),
            _ => throw new NotSupportedException(literal.Op),
        };
    }

    private static long Size(GoldenCase literal, string name) => literal.Attributes.GetProperty(name).GetInt64();

    private static double Number(GoldenCase literal, string name) => literal.Attributes.GetProperty(name).GetDouble();

    private static long[] NormalizedShape(GoldenCase literal) => literal.Attributes.GetProperty("normalized_shape").Deserialize<long[]>()!;

    private static bool Flag(GoldenCase literal, string name, bool otherwise) =>
        literal.Attributes.TryGetProperty(name, out var flag) ? flag.GetBoolean() : otherwise;
}
