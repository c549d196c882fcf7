using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>Unusual and bad arguments, beside what PyTorch did with them; every difference is listed here with its reason.</summary>
public class ErrorEntryTests
{
    private static readonly Dictionary<string, string> Stricter = new()
    {
        ["bn1d_negative_eps"] = "later PyTorch and MLX refuse it too: the root of a negative number is NaN for small variances",
        ["ln_negative_eps"] = "the output is NaN",
        ["bn1d_momentum_negative"] = "it makes the running variance negative",
    };

    private static readonly Dictionary<string, string> MoreGenerous = new()
    {
        ["bn1d_4d_input"] = "one class takes every rank from (N, C) up",
        ["bn2d_3d_input"] = "one class takes every rank from (N, C) up",
        ["bn3d_4d_input"] = "one class takes every rank from (N, C) up",
        ["bn1d_half_input_cpu"] = "half types are computed in float32 on every device",
        ["ln_half_input_cpu"] = "half types are computed in float32 on every device",
    };

    public static TheoryData<string> Refused => Ids(raises: true);

    public static TheoryData<string> Accepted => Ids(raises: false);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_PyTorch_refuses_is_refused_by_a_managed_exception(string id)
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<ArgumentException>(() => ErrorEntry.All[id].Layer().call(ErrorEntry.All[id].Input()));
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void What_PyTorch_accepts_gives_a_result_of_the_same_shape_with_the_same_statistics(string id)
    {
        using var scope = NewDisposeScope();
        var entry = ErrorEntry.All[id];
        var x = entry.Input();
        var layer = entry.Layer();
        var y = layer.call(x);
        Assert.Equal(x.shape, y.shape);
        Assert.False(y.isnan().any().item<bool>());
        if (layer is not BatchNorm batchNorm || !entry.Call.TryGetProperty("num_batches_tracked_out", out var tracked)) return;
        Assert.Equal(tracked.GetInt64(), batchNorm.NumBatchesTracked!.item<long>());
        // A mean of ten numbers below 20 and one weighted sum, in float32: far within a millionth.
        Assert.True(batchNorm.RunningMean!.allclose(entry.Numbers("running_mean_out"), rtol: 1e-6));
        Assert.True(batchNorm.RunningVariance!.allclose(entry.Numbers("running_var_out"), rtol: 1e-6));
    }

    [Fact]
    public void Functions_refuse_parameters_and_statistics_of_another_length_as_PyTorch_does()
    {
        using var scope = NewDisposeScope();
        var (x, ten, nine) = (rand(2, 10), ones(10), ones(9));
        Assert.Throws<ArgumentException>(() => Normalization.Affine(x, nine, ten, 1)); // F_batch_norm_weight_size_9
        Assert.Throws<ArgumentException>(() => Normalization.Affine(x, ten, nine, 1)); // F_batch_norm_bias_size_9
        var (right, wrong) = (ten.view(1, 10), nine.view(1, 9));
        Assert.Throws<ArgumentException>(() => Normalization.Normalize(x, new Moments(wrong, right, 0))); // F_batch_norm_running_mean_size_9
        Assert.Throws<ArgumentException>(() => Normalization.Normalize(x, new Moments(right, wrong, 0))); // F_batch_norm_running_var_size_9
        Assert.Throws<ArgumentNullException>(() => Normalization.Normalize(x, (Moments)null!)); // F_batch_norm_eval_no_stats
        var row = rand(1, 2, 3);
        Assert.Throws<ArgumentException>(() => Normalization.Affine(row, ones(1, 2), null, 0, 1, 2)); // F_layer_norm_weight_shape
    }

    [Fact]
    public void Every_exception_to_the_rule_is_an_entry_of_the_data()
    {
        Assert.All(Stricter.Keys, id => Assert.False(ErrorEntry.All[id].Raises));
        Assert.All(MoreGenerous.Keys, id => Assert.True(ErrorEntry.All[id].Raises));
    }

    private static TheoryData<string> Ids(bool raises) =>
        [.. ErrorEntry.All.Values
            .Where(entry => entry.What.Contains("nn.BatchNorm", StringComparison.Ordinal) || entry.What == "nn.LayerNorm")
            .Where(entry => raises == (Stricter.ContainsKey(entry.Id) || (entry.Raises && !MoreGenerous.ContainsKey(entry.Id))))
            .Select(entry => entry.Id)];
}
