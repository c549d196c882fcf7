using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>Inputs at which careless arithmetic loses everything, against the same layer in float64.</summary>
/// <remarks>
/// Every result passes about ten operations of relative error u and two means of m ≤ 8192 elements, which torch adds pairwise:
/// k = 10 + 2 log₂ 8192 = 36. The terms of y are at most |γ x̂| ≤ |y| + |β|, |γ| and |β|. A mean is off by k u |μ|; subtracting it
/// is exact nearby, and the mean of what is left removes it up to k u (k u |μ|), in units of √(σ² + ε) ≥ √ε.
/// </remarks>
public class PrecisionTests
{
    private const double K = 36;
    private const double Eps = 1e-5;
    private static readonly long[] Shape = [8, 4, 16, 16];
    private static readonly double Single = finfo(ScalarType.Float32).eps;

    public static TheoryData<string> Names => [.. LayerRow.Rows.Where(row => !row.Value.OfWeights).Select(row => row.Key)];

    public static TheoryData<string> CenteringNames => [.. LayerRow.Rows.Where(row => row.Value.Centers).Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mean_of_a_million_deviations_costs_no_digits_that_the_input_still_has(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(31);
        // float32 has steps of 1/16 up there, so a deviation of 0.01 leaves a few elements one step away from all others.
        Require(name, random, (1e6 + 1e-2 * random.Normal(Shape)).to(ScalarType.Float32));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Constant_channels_are_no_special_case(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(32);
        Require(name, random, (10 * random.Normal(1, Shape[1], 1, 1)).expand(Shape).to(ScalarType.Float32));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deviations_of_a_billionth_keep_their_digits(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(33);
        var x = (1e-9 * random.Normal(Shape)).to(ScalarType.Float32);
        using var layer = LayerRow.Rows[name].Random(random, Shape, ScalarType.Float32);
        // β is of order 1 and would bury the rest, which is of order 1e-9/√ε.
        using (no_grad()) layer.get_parameter("bias")?.zero_();
        var (y, exact) = Twins(name, layer, x);
        var bound = K * Single * (Largest(exact) + Largest(layer.get_parameter("weight")) * Largest(x) / Math.Sqrt(Eps));
        Assert.True((y - exact).abs().max().item<double>() <= bound);
    }

    [Theory]
    [MemberData(nameof(CenteringNames))]
    public void An_input_of_one_constant_gives_beta_where_the_mean_is_subtracted(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(34);
        using var layer = LayerRow.Rows[name].Random(random, Shape, ScalarType.Float32);
        var x = full(Shape, 3.7f, ScalarType.Float32);
        var run = Gradients.Of(layer, x, random.Normal(Shape).to(ScalarType.Float32));
        var beta = layer.get_parameter("bias")!;
        var expected = beta.dim() == 1 ? beta.view(1, -1, 1, 1) : beta;
        // What is left of the mean is k u (k u |μ|)/√ε = 2e-8 at most; then γ times it, and one rounding of the sum.
        Assert.True((run[0] - expected).abs().max().item<float>() <= 4 * Single);
        Assert.All(run, tensor => Assert.True(tensor.isfinite().all().item<bool>()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Half_types_do_not_overflow_where_their_squares_would(string name)
    {
        using var random = new RandomLayers(35);
        // The largest float16 is 65504; the squares of bfloat16 must fit into float32, a hundred million times over.
        foreach (var (type, scale) in new[] { (ScalarType.Float16, 1e4), (ScalarType.BFloat16, 1e14) })
        {
            using var scope = NewDisposeScope();
            var x = (scale * (0.5 + random.Normal(Shape))).to(type);
            using var layer = LayerRow.Rows[name].Random(random, Shape, type);
            var (y, exact) = Twins(name, layer, x);
            var largest = finfo(type).max;
            // Half an epsilon for the rounding of the result, beside which the float32 error is small.
            var bound = 0.51 * finfo(type).eps * exact.abs() + Bound(layer, exact, Largest(x) / scale);
            Assert.True((((y - exact).abs() <= bound) | (exact.abs() > largest)).all().item<bool>(), $"{type}");
        }
    }

    private static void Require(string name, RandomLayers random, Tensor x)
    {
        using var layer = LayerRow.Rows[name].Random(random, Shape, ScalarType.Float32);
        var (y, exact) = Twins(name, layer, x);
        Assert.True(((y - exact).abs() <= Bound(layer, exact, Largest(x))).all().item<bool>());
    }

    private static Tensor Bound(nn.Module layer, Tensor exact, double mean)
    {
        var (gamma, beta) = (Largest(layer.get_parameter("weight")), Largest(layer.get_parameter("bias")));
        return K * Single * (exact.abs() + 2 * beta + gamma * (1 + K * Single * mean / Math.Sqrt(Eps)));
    }

    private static (Tensor Y, Tensor Exact) Twins(string name, nn.Module<Tensor, Tensor> layer, Tensor x)
    {
        using var exact = LayerRow.Rows[name].Create(Shape, ScalarType.Float64);
        var state = exact.state_dict();
        using var noGradient = no_grad();
        foreach (var (key, value) in layer.state_dict()) state[key].copy_(value);
        return (layer.call(x).to(ScalarType.Float64), exact.call(x.to(ScalarType.Float64)));
    }

    private static double Largest(Tensor? tensor) => tensor?.abs().max().to(ScalarType.Float64).item<double>() ?? 1;
}
