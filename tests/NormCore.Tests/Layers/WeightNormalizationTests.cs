using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>What the normalized weights are, and what leaves them as they are.</summary>
public class WeightNormalizationTests
{
    public static TheoryData<long[]> Shapes => [.. new long[][] { [4, 6], [4, 2, 3], [4, 2, 3, 2] }];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Standardized_rows_have_mean_0_and_variance_1_and_forget_their_scale_and_shift(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(90);
        var weight = random.Normal(shape);
        var standardized = WeightStandardization.Standardize(weight, eps: 0);
        var rows = standardized.flatten(1);
        RandomStates.RequireSame([rows.mean([1]), rows.square().mean([1])], [zeros(4, ScalarType.Float64), ones(4, ScalarType.Float64)]);
        long[] perRow = [4, .. Enumerable.Repeat(1L, shape.Length - 1)];
        var (scale, shift) = (random.Normal(perRow).square() + 0.1, random.Normal(perRow));
        RandomStates.RequireSame([WeightStandardization.Standardize(scale * weight + shift, eps: 0)], [standardized]);
    }

    [Fact]
    public void Eps_is_added_to_the_variance_of_a_row()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(91);
        using var layer = nn.Linear(6, 4, dtype: ScalarType.Float64);
        using var standardized = new WeightStandardization(layer, 0.3);
        var (w, x) = (layer.weight!, random.Normal(5, 6));
        var deviations = w - w.mean([1], keepdim: true);
        var expected = deviations / (deviations.square().mean([1], keepdim: true) + 0.3).sqrt();
        RandomStates.RequireSame([standardized.call(x)], [nn.functional.linear(x, expected, layer.bias)]);
    }

    [Fact]
    public void The_scaled_form_is_the_plain_one_times_the_gains_over_the_root_of_the_fan_in()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(92);
        using var layer = nn.Conv2d(4, 6, 3, groups: 2, bias: false, dtype: ScalarType.Float64);
        using var plain = new WeightStandardization(layer);
        using var scaled = new ScaledWeightStandardization(layer, 1.7);
        var x = random.Normal(2, 4, 5, 5);
        RandomStates.RequireSame([scaled.call(x)], [plain.call(x) * (1.7 / Math.Sqrt(2 * 3 * 3))]);
        var gain = random.Normal(6, 1, 1, 1);
        using (no_grad()) scaled.Gain.copy_(gain);
        RandomStates.RequireSame([scaled.call(x)], [plain.call(x) * gain.view(6, 1, 1) * (1.7 / Math.Sqrt(2 * 3 * 3))]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Normalized_rows_have_length_g_in_the_direction_of_v_whatever_its_length(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(93);
        long[] perRow = [4, .. Enumerable.Repeat(1L, shape.Length - 1)];
        var (v, g, scale) = (random.Normal(shape), random.Normal(perRow), random.Normal(perRow).square() + 0.1);
        var w = WeightNorm.Scale(v, g);
        var (rows, directions) = (w.flatten(1), v.flatten(1));
        var length = directions.square().sum([1L]).sqrt();
        RandomStates.RequireSame([rows.square().sum([1L]).sqrt(), (rows * directions).sum([1L])], [g.view(4).abs(), g.view(4) * length]);
        RandomStates.RequireSame([WeightNorm.Scale(scale * v, g)], [w]);
    }

    [Fact]
    public void The_gradient_of_v_is_orthogonal_to_it_and_that_of_g_is_the_gradient_along_v()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(94);
        using var layer = nn.Linear(6, 4, dtype: ScalarType.Float64);
        using var normalized = random.Randomize(new WeightNorm(layer));
        var (x, dy) = (random.Normal(5, 6), random.Normal(5, 4));
        (normalized.call(x) * dy).sum().backward();
        var (v, dw) = (normalized.WeightV, dy.transpose(0, 1).matmul(x)); // (outputs, inputs)
        var direction = v / v.square().sum([1L], keepdim: true).sqrt();
        var along = (dw * direction).sum([1L], keepdim: true);
        RandomStates.RequireSame([normalized.WeightG.grad!, (normalized.WeightV.grad! * v).sum([1L])], [along, zeros(4, ScalarType.Float64)]);
    }
}
