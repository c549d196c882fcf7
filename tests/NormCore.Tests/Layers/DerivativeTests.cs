using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>First and second derivatives of every layer against central differences in float64.</summary>
/// <remarks>
/// The difference of sixth order, (45 (f₁ − f₋₁) − 9 (f₂ − f₋₂) + (f₃ − f₋₃))/(60 h) with fᵢ = f(x + i h), is off by h⁶ |f⁽⁷⁾|/140 and by
/// the rounding (110/60) k u |f|/h. Inputs of order 1 with deviations above 1/3 have |f⁽⁷⁾| ≤ 7! 3⁷ |f| = 1e7 |f|: at h = 1e-3 the one is
/// 1e-13 |f| and, with k = 20 roundings, the other 1e-11 |f|, where |f| is a sum of some thirty terms of order 1.
/// </remarks>
public class DerivativeTests
{
    private const double Step = 1e-3;
    private const double Close = 1e-8;
    private static readonly long[] Shape = [4, 2, 1, 4];

    public static TheoryData<string> Names => LayerRow.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_central_differences_of_the_output(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(5);
        var (f, at) = Function(name, random);
        var dy = random.Normal(Shape);
        var gradients = autograd.grad([(f(at[0]) * dy).sum()], at);
        using var noGradient = no_grad();
        foreach (var (variable, gradient) in at.Zip(gradients))
            RequireClose(gradient, Differences(variable, () => (f(at[0]) * dy).sum()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Second_derivatives_are_the_central_differences_of_the_first_backward(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(6);
        var (f, at) = Function(name, random);
        var directions = at.Select(variable => random.Normal(variable.shape)).ToArray();
        var dy = random.Normal(Shape);

        // tanh makes the loss nonlinear in y, so that every second derivative is there: of the input, of the parameters and mixed.
        Tensor Along(bool graph) => autograd.grad([(f(at[0]).tanh() * dy).sum()], at, create_graph: graph, retain_graph: graph)
            .Zip(directions, (gradient, direction) => (gradient * direction).sum()).Aggregate((sum, term) => sum + term);

        var second = autograd.grad([Along(graph: true)], at);
        foreach (var (variable, gradient) in at.Zip(second))
            RequireClose(gradient, Differences(variable, () => Along(graph: false)));
    }

    /// <summary>The layer, whose statistics do not move, and its variables: x and the parameters.</summary>
    private static (Func<Tensor, Tensor> Function, Tensor[] Variables) Function(string name, RandomLayers random)
    {
        var layer = LayerRow.Rows[name].Random(random, Shape);
        var x = random.Normal(Shape).requires_grad_();
        return (layer.call, [x, .. layer.parameters()]);
    }

    internal static Tensor Differences(Tensor variable, Func<Tensor> f)
    {
        var result = zeros_like(variable);
        var (values, differences) = (variable.detach().view(-1), result.view(-1));
        for (long i = 0; i < variable.numel(); i++)
        {
            using var scope = NewDisposeScope();
            var old = values[i].item<double>();
            double At(int steps)
            {
                values[i] = old + steps * Step;
                return f().item<double>();
            }
            differences[i] = (45 * (At(1) - At(-1)) - 9 * (At(2) - At(-2)) + (At(3) - At(-3))) / (60 * Step);
            values[i] = old;
        }
        return result.detach();
    }

    internal static void RequireClose(Tensor derivative, Tensor differences)
    {
        var (error, size) = ((derivative - differences).abs().max().item<double>(), differences.abs().max().item<double>());
        // Where every derivative is below 0.03 the rounding of f, 1e-11 times thirty, is more than a 1e-8th of it.
        Assert.True(error < Close * Math.Max(size, 0.03), $"{error:g3} of {size:g3}");
    }
}
