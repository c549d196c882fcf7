using static TorchSharp.torch;

namespace NormCore.Tests.StateDicts;

public class StateDictTests
{
    [Fact]
    public void Missing_and_unexpected_names_and_wrong_shapes_are_all_named_and_nothing_is_changed()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Linear(2, 3), new BatchNorm(3));
        var before = network[0].call(ones(1, 2));
        var state = new Dictionary<string, Tensor>
        {
            ["0.weight"] = ones(3, 2),
            ["0.bias"] = ones(3, 1),
            ["1.weight"] = ones(3),
            ["1.bias"] = ones(3),
            ["1.running_mean"] = ones(3),
            ["1.num_batches_tracked"] = tensor(4L),
            ["2.weight"] = ones(1),
        };
        var message = Assert.Throws<ArgumentException>(() => StateDict.Load(network, state)).Message;
        Assert.Contains("lacks 1.running_var;", message, StringComparison.Ordinal);
        Assert.Contains("has no 2.weight;", message, StringComparison.Ordinal);
        Assert.Contains("0.bias has shape [3, 1] in the state and [3] in the module", message, StringComparison.Ordinal);
        Assert.True(before.Equals(network[0].call(ones(1, 2))));

        state.Remove("0.bias");
        var (missing, unexpected) = StateDict.Load(network, state, strict: false);
        Assert.Equal(["0.bias", "1.running_var"], missing);
        Assert.Equal(["2.weight"], unexpected);
        Assert.Equal(4, ((BatchNorm)network[1]).NumBatchesTracked!.item<long>());
    }

    [Fact]
    public void A_tensor_is_converted_to_the_type_of_its_parameter()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(1, 1, dtype: ScalarType.BFloat16);
        StateDict.Load(layer, new Dictionary<string, Tensor> { ["weight"] = full([1, 1], 1.5, ScalarType.Float64), ["bias"] = zeros(1) });
        Assert.Equal((ScalarType.BFloat16, 1.5f), (layer.weight!.dtype, layer.weight.to(ScalarType.Float32).item<float>()));
    }

    [Fact]
    public void A_safetensors_file_is_read()
    {
        using var scope = NewDisposeScope();
        var state = SafeTensors.Read(StateFiles.Path("plain.safetensors"));
        Assert.Equal(["weight", "half", "steps"], state.Keys);
        Assert.Equal([1, 2, 3, 4], state["weight"].data<float>());
        Assert.Equal([2, 2], state["weight"].shape);
        Assert.Equal((ScalarType.BFloat16, 1f), (state["half"].dtype, state["half"].to(ScalarType.Float32).item<float>()));
        Assert.Equal((0L, 7L), (state["steps"].dim(), state["steps"].item<long>()));
    }

    [Fact]
    public void A_safetensors_file_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(StateFiles.Path("plain.safetensors"));
        for (var length = 0; length < whole.Length; length += 3)
            StateFiles.With(whole[..length], path => Assert.Throws<InvalidDataException>(() => SafeTensors.Read(path)));
    }
}
