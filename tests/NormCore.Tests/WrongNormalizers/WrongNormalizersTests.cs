using NormCore.Tests.Conformance;
using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.WrongNormalizers;

/// <summary>The golden comparison rejects what it should: a check that nothing can fail would pass the right layers as well.</summary>
public class WrongNormalizersTests
{
    public static TheoryData<string> Wrong => [.. Candidates.Keys];

    private static Dictionary<string, AnalyticNormalizer> Candidates { get; } = typeof(AnalyticNormalizer).Assembly.GetTypes()
        .Where(type => type.BaseType == typeof(AnalyticNormalizer))
        .ToDictionary(type => type.Name, type => (AnalyticNormalizer)Activator.CreateInstance(type)!);

    // Plain cases with gamma, beta and dy drawn at random; bn_train_nc_two_rows_f64 has means of 15 deviations, which unmasks cancellation.
    private static GoldenCase[] Suite { get; } =
        [.. new[]
        {
            "bn_train_nc_f64", "bn_train_ncl_f64", "bn_train_nchw_f64", "bn_train_momentum_0.9_f64", "bn_train_eps_0.1_f64",
            "bn_train_nc_two_rows_f64", "bn_eval_nc_f64", "bn_eval_nchw_f64", "ln_4x7_k1_f64", "ln_2x3x5_k2_f64",
            "gn_2x6x4x4_g3_f64", "gn_4x6x3_g3_f64", "in_2d_f64", "in_1d_track_train_f64", "in_1d_track_eval_f64", "rms_4x7_k1_f64", "rms_2x3x5_k2_f64",
        }.Select(id => GoldenSuite.Cases[id])];

    [Fact]
    public void The_textbook_formulas_without_a_mistake_pass()
    {
        using var scope = NewDisposeScope();
        var right = new AnalyticNormalizer();
        Assert.Empty(Suite.SelectMany(golden => GoldenComparison.Failures(golden, right.Run(golden))));
    }

    [Fact]
    public void The_layers_pass()
    {
        using var scope = NewDisposeScope();
        Assert.Empty(Suite.SelectMany(golden => GoldenComparison.Failures(golden, golden.Op switch
        {
            "batch_norm" => LayerRunner.BatchNorm(golden),
            "group_norm" => LayerRunner.GroupNorm(golden),
            "instance_norm" => LayerRunner.InstanceNorm(golden),
            "rms_norm" => LayerRunner.RmsNorm(golden),
            _ => LayerRunner.LayerNorm(golden),
        })));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_normalizer_is_rejected(string name)
    {
        using var scope = NewDisposeScope();
        var wrong = Candidates[name];
        Assert.True(Suite.SelectMany(golden => GoldenComparison.Failures(golden, wrong.Run(golden))).Any(), $"nothing rejects one that {wrong.Mistake}");
    }

    [Fact]
    public void There_are_at_least_twenty_five_wrong_normalizers() => Assert.True(Candidates.Count >= 25);
}
