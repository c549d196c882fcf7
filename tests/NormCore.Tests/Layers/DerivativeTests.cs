using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>First and second derivatives against central differences in float64.</summary>
/// <remarks>
/// The error of a central difference is h² |f'''|/6 + u |f|/h; at h = 1e-5 and functions of order 10 both are below 1e-8.
/// </remarks>
public class DerivativeTests
{
    private const double Step = 1e-5;
    private const double Close = 1e-7;

    public static TheoryData<string> Functions =>
    [
        "batch norm, training", "batch norm, evaluation", "layer norm", "normalize",
        "group norm", "instance norm, training", "instance norm, evaluation", "rms norm", "normalize by root mean square", "root mean square",
        "dynamic tanh", "adaptive instance norm", "local response norm", "unit vectors",
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradients_are_the_central_differences_of_the_output(string function)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(3);
        var (f, parameters) = Function(function, random);
        var dy = random.Normal(5, 3, 2);
        Tensor[] at = [random.Normal(5, 3, 2).requires_grad_(), .. parameters];
        var gradients = autograd.grad([(f(at[0]) * dy).sum()], at);
        foreach (var (variable, gradient) in at.Zip(gradients))
            RequireClose(gradient, Differences(variable, () => (f(at[0]) * dy).sum()));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Second_derivatives_are_the_central_differences_of_the_first_backward(string function)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(4);
        var (f, parameters) = Function(function, random);
        var (dy, v) = (random.Normal(5, 3, 2), random.Normal(5, 3, 2));
        Tensor[] at = [random.Normal(5, 3, 2).requires_grad_(), .. parameters];

        // tanh makes the loss nonlinear in y, so that evaluation has a second derivative as well.
        Tensor AlongV(bool graph) =>
            (autograd.grad([(f(at[0]).tanh() * dy).sum()], [at[0]], create_graph: graph, retain_graph: graph)[0] * v).sum();

        var second = autograd.grad([AlongV(graph: true)], at);
        foreach (var (variable, gradient) in at.Zip(second))
            RequireClose(gradient, Differences(variable, () => AlongV(graph: false)));
    }

    private static (Func<Tensor, Tensor> Function, Tensor[] Parameters) Function(string name, RandomLayers random)
    {
        switch (name)
        {
            case "normalize":
                return (x => Normalization.Normalize(x, [0, 2], 0.01), []);
            case "layer norm":
                var layerNorm = random.LayerNorm(3, 2);
                return (layerNorm.call, [layerNorm.Weight!, layerNorm.Bias!]);
            case "group norm":
                return Of(random.Drawn(new GroupNorm(1, 3, 0.1, dtype: ScalarType.Float64)));
            case "instance norm, training":
                return Of(random.Drawn(new InstanceNorm(3, 0.5, affine: true, dtype: ScalarType.Float64)));
            case "instance norm, evaluation":
                var instanceNorm = random.Drawn(new InstanceNorm(3, affine: true, trackRunningStatistics: true, dtype: ScalarType.Float64));
                instanceNorm.eval();
                return Of(instanceNorm);
            case "rms norm":
                return Of(random.Drawn(new RmsNorm([3, 2], dtype: ScalarType.Float64)));
            case "normalize by root mean square":
                return (x => Normalization.NormalizeRms(x, [0, 2], 0.01), []);
            case "root mean square":
                return (x => Normalization.RootMeanSquare(x, [0, 2], 0.01), []);
            case "dynamic tanh":
                return Of(random.Drawn(new DynamicTanh([3, 2], dtype: ScalarType.Float64)));
            case "adaptive instance norm":
                var (adaptive, style) = (new AdaptiveInstanceNorm(0.5), random.Normal(5, 3, 4).requires_grad_());
                return (x => adaptive.call(x, style), [style]);
            case "local response norm":
                return Of(new LocalResponseNorm(2, alpha: 3));
            case "unit vectors":
                return (x => VectorNormalization.Normalize(x, p: 3), []);
            default:
                var batchNorm = random.BatchNorm(3);
                batchNorm.train(name == "batch norm, training");
                return (batchNorm.call, [batchNorm.Weight!, batchNorm.Bias!]);
        }
    }

    private static (Func<Tensor, Tensor> Function, Tensor[] Parameters) Of(nn.Module<Tensor, Tensor> layer) => (layer.call, [.. layer.parameters()]);

    private static Tensor Differences(Tensor variable, Func<Tensor> f)
    {
        var result = zeros_like(variable);
        var (values, differences) = (variable.detach().view(-1), result.view(-1));
        for (long i = 0; i < variable.numel(); i++)
        {
            using var scope = NewDisposeScope();
            var old = values[i].item<double>();
            double At(double value)
            {
                values[i] = value;
                return f().item<double>();
            }
            var difference = (At(old + Step) - At(old - Step)) / (2 * Step);
            values[i] = old;
            differences[i] = difference;
        }
        return result.detach();
    }

    private static void RequireClose(Tensor derivative, Tensor differences) =>
        Assert.True((derivative - differences).abs().max().item<double>() < Close * (1 + differences.abs().max().item<double>()));
}
