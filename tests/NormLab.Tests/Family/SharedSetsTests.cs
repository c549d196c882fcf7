using NormCore;
using NormLab.Family;
using static TorchSharp.torch;

namespace NormLab.Tests.Family;

public class SharedSetsTests
{
    private const int N = 4, C = 6, P = 4;

    /// <summary>The layer, the set of (n, c, p) by definition, and how many directions it loses per set.</summary>
    private static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Layer, Func<int, int, int, object> Set, int Lost)> Family = new()
    {
        ["batch norm"] = (() => new BatchNorm(C, eps: 0, dtype: float64), (_, c, _) => c, 2),
        ["ghost batch norm"] = (() => new GhostBatchNorm(C, 2, eps: 0, dtype: float64), (n, c, _) => (n / 2, c), 2),
        ["group norm"] = (() => new GroupNorm(3, C, eps: 0, dtype: float64), (n, c, _) => (n, c / 2), 2),
        ["instance norm"] = (() => new InstanceNorm(C, eps: 0, dtype: float64), (n, c, _) => (n, c), 2),
        ["layer norm"] = (() => new LayerNorm([C, 2, 2], eps: 0, dtype: float64), (n, _, _) => n, 2),
        ["layer norm per position"] = (() => new PerPosition(new LayerNorm(C, eps: 0, dtype: float64)), (n, _, p) => (n, p), 2),
        ["RMSNorm per position"] = (() => new PerPosition(new RmsNorm(C, eps: 0, dtype: float64)), (n, _, p) => (n, p), 1),
    };

    public static TheoryData<string> Names => [.. Family.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_shares_what_its_definition_says_and_loses_shift_and_stretch(string name)
    {
        var (make, definition, lostPerSet) = Family[name];
        using var scope = NewDisposeScope();
        var x = randn([N, C, 2, 2], dtype: float64, generator: new(5));
        var found = SharedSets.Of(make(), x, training: true);

        var defined = Enumerable.Range(0, N * C * P).Select(i => definition(i / (C * P), i / P % C, i % P)).ToList();
        var order = defined.Distinct().ToList();
        Assert.Equal(defined.Select(set => order.IndexOf(set)), found.SetOf);
        Assert.Equal(order.Count, found.Count);
        Assert.Equal(lostPerSet * order.Count, found.LostDirections);
    }

    [Fact]
    public void In_evaluation_batch_norm_shares_nothing_and_stays_in_training_mode_afterwards()
    {
        using var scope = NewDisposeScope();
        var layer = new BatchNorm(C, dtype: float64);
        var found = SharedSets.Of(layer, randn([N, C, 2, 2], dtype: float64), training: false);
        Assert.Equal((N * C * P, 0), (found.Count, found.LostDirections));
        Assert.True(layer.training);
    }

    [Fact]
    public void A_layer_whose_sets_overlap_is_refused()
    {
        using var scope = NewDisposeScope();
        var response = new LocalResponseNorm(3);
        Assert.Throws<ArgumentException>(() => SharedSets.Of(response, randn([2, C, 1, 1], dtype: float64), training: true));
    }

    [Fact]
    public void Per_position_is_the_formula_over_axis_1_with_a_gamma_per_channel()
    {
        using var scope = NewDisposeScope();
        var (x, gamma) = (randn([N, C, 3, 5], dtype: float64), randn([C], dtype: float64));
        var layer = new LayerNorm(C, dtype: float64);
        using (no_grad()) layer.Weight!.copy_(gamma);
        var centred = x - x.mean([1], keepdim: true);
        var expected = gamma.view(1, C, 1, 1) * centred / (centred.square().mean([1], keepdim: true) + layer.Eps).sqrt();
        // About a thousand roundings of float64.
        Assert.True(new PerPosition(layer).call(x).allclose(expected, rtol: 1e-12, atol: 1e-12));
        Assert.Throws<ArgumentException>(() => new PerPosition(layer).call(zeros(C, dtype: float64)));
    }
}
