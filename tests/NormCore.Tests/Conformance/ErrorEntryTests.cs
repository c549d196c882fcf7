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
        ["in1d_wrong_channels_noaffine"] = "the layer was told how many channels there are, whether or not it has a parameter for each",
    };

    private static readonly Dictionary<string, string> MoreGenerous = new()
    {
        ["bn1d_4d_input"] = "one class takes every rank from (N, C) up",
        ["bn2d_3d_input"] = "one class takes every rank from (N, C) up",
        ["bn3d_4d_input"] = "one class takes every rank from (N, C) up",
        ["bn1d_half_input_cpu"] = "half types are computed in float32 on every device",
        ["ln_half_input_cpu"] = "half types are computed in float32 on every device",
        ["in1d_momentum_none_track"] = "the plain average of all batches, as in batch norm",
    };

    // The library has layers where PyTorch has functions; what takes tensors of parameters or statistics is called directly.
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["F_batch_norm_weight_size_9"] = x => Normalization.Affine(x, ones(9), ones(10), 1),
        ["F_batch_norm_bias_size_9"] = x => Normalization.Affine(x, ones(10), ones(9), 1),
        ["F_batch_norm_running_mean_size_9"] = x => Normalization.Normalize(x, new Moments(ones(1, 9), ones(1, 10), 0)),
        ["F_batch_norm_running_var_size_9"] = x => Normalization.Normalize(x, new Moments(ones(1, 10), ones(1, 9), 0)),
        ["F_batch_norm_eval_no_stats"] = x => Normalization.Normalize(x, (Moments)null!),
        ["F_layer_norm_weight_shape"] = x => Normalization.Affine(x, ones(1, 2), null, 0, 1, 2),
        ["F_group_norm_1d"] = x => new GroupNorm(1, 1).call(x),
        ["F_group_norm_not_divisible"] = x => new GroupNorm(2, x.shape[1]).call(x),
        ["F_group_norm_weight_shape"] = x => Normalization.Affine(x, ones(3), null, 1),
    };

    public static TheoryData<string> FunctionIds => [.. Functions.Keys];

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
        if (!entry.Call.TryGetProperty("num_batches_tracked_out", out var tracked)) return;
        Assert.Equal(tracked.GetInt64(), layer.get_buffer("num_batches_tracked")!.item<long>());
        // A mean of ten numbers below 20 and one weighted sum, in float32: far within a millionth.
        Assert.True(layer.get_buffer("running_mean")!.allclose(entry.Numbers("running_mean_out"), rtol: 1e-6));
        Assert.True(layer.get_buffer("running_var")!.allclose(entry.Numbers("running_var_out"), rtol: 1e-6));
    }

    [Theory]
    [MemberData(nameof(FunctionIds))]
    public void What_functions_of_PyTorch_refuse_is_refused_by_a_managed_exception(string id)
    {
        using var scope = NewDisposeScope();
        Assert.True(ErrorEntry.All[id].Raises);
        Assert.ThrowsAny<ArgumentException>(() => Functions[id](ErrorEntry.All[id].Input()));
    }

    [Fact]
    public void Every_entry_of_the_data_is_tried() =>
        Assert.Equal(ErrorEntry.All.Keys.Order(), Refused.Concat(Accepted).Concat(FunctionIds).Select(row => row.Data).Order());

    [Fact]
    public void Every_exception_to_the_rule_is_an_entry_of_the_data()
    {
        Assert.All(Stricter.Keys, id => Assert.False(ErrorEntry.All[id].Raises));
        Assert.All(MoreGenerous.Keys, id => Assert.True(ErrorEntry.All[id].Raises));
    }

    private static TheoryData<string> Ids(bool raises) =>
        [.. ErrorEntry.All.Values
            .Where(entry => !Functions.ContainsKey(entry.Id))
            .Where(entry => raises == (Stricter.ContainsKey(entry.Id) || (entry.Raises && !MoreGenerous.ContainsKey(entry.Id))))
            .Select(entry => entry.Id)];
}
