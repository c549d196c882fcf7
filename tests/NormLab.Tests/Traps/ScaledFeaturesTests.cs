using NormCore;
using NormLab.Models;
using NormLab.Traps;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class ScaledFeaturesTests
{
    private static readonly double[] Units = [0.01, 1, 100, 1];

    [Fact]
    public void One_large_unit_drowns_the_others_and_batch_norm_on_the_input_brings_them_back()
    {
        using var rows = ScaledFeatures.Data(seed: 1, count: 4_000, Units);
        Assert.Equal(1, ScaledFeatures.EffectiveCount(rows.Images), 0.01);

        // Standardized by the batch, the moments are equal but for ε/σ² of the unit 0.01: 0.1.
        Assert.Equal(4, ScaledFeatures.EffectiveCount(new BatchNorm(4, affine: false).call(rows.Images)), 0.1);
    }

    [Fact]
    public void A_hidden_batch_norm_sees_the_unit_of_a_feature_and_one_on_the_input_does_not()
    {
        var hidden = Networks.Mlp(c => new BatchNorm(c, eps: 0), 1, [8], inputs: 4).to(float64);
        var input = nn.Sequential(("input", new BatchNorm(4, eps: 0)), ("body", Networks.Mlp(null, 1, [8], inputs: 4))).to(float64);
        using var x = randn([50, 4], float64, generator: new(1));
        using var units = tensor(Units);
        Assert.True(input.call(x * units).allclose(input.call(x), rtol: 1e-10, atol: 1e-10)); // Rounding of float64.
        Assert.True(hidden.call(x * 7).allclose(hidden.call(x), rtol: 1e-10, atol: 1e-10));
        Assert.False(hidden.call(x * units).allclose(hidden.call(x), rtol: 0.1, atol: 0.1));
    }

    [Fact]
    public void Labels_do_not_depend_on_the_units_and_every_class_is_there()
    {
        using var rows = ScaledFeatures.Data(seed: 2, count: 4_000, Units);
        using var plain = ScaledFeatures.Data(seed: 2, count: 4_000, [1, 1, 1, 1]);
        Assert.Equal(plain.Labels.Numbers(), rows.Labels.Numbers());
        Assert.True((plain.Images * tensor(Units, float32)).allclose(rows.Images, rtol: 1e-5));
        Assert.True(rows.Labels.Numbers().Distinct().Count() > 5);
    }

    [Fact]
    public void The_effective_count_is_that_of_its_formula()
    {
        using var x = tensor(new double[,] { { 1, 2, 0 }, { -1, 2, 0 } }); // Second moments 1, 4, 0.
        Assert.Equal(25.0 / 17, ScaledFeatures.EffectiveCount(x), 1e-12);
    }
}
