using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.StateDicts;

public class PyTorchStateTests
{
    public static TheoryData<string> Networks => ["convolutions.pt", "sequence.pt", "shared.pt"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_with_the_state_of_PyTorchs_computes_what_PyTorchs_computed(string file)
    {
        using var scope = NewDisposeScope();
        using var network = Network(file);
        var example = PyTorchState.Read(StateFiles.Path(file), "example");
        PyTorchState.Load(network, StateFiles.Path(file), key: "state_dict");
        network.eval();
        // Float64, outputs of order 1 to 10, sums of at most 54 products.
        Assert.True(network.call(example["input"]).allclose(example["output"], 1e-12, 1e-12));
    }

    [Fact]
    public void The_number_of_batches_comes_along()
    {
        using var scope = NewDisposeScope();
        using var network = Network("convolutions.pt");
        PyTorchState.Load(network, StateFiles.Path("convolutions.pt"), key: "state_dict");
        Assert.Equal(3, ((BatchNorm)network[1]).NumBatchesTracked!.item<long>());
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData("f64", ScalarType.Float64)]
    [InlineData("f32", ScalarType.Float32)]
    [InlineData("f16", ScalarType.Float16)]
    [InlineData("bf16", ScalarType.BFloat16)]
    [InlineData("i64", ScalarType.Int64)]
    [InlineData("i32", ScalarType.Int32)]
    [InlineData("i16", ScalarType.Int16)]
    [InlineData("i8", ScalarType.Int8)]
    public void Every_type_is_read(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var values = Cases()[name];
        Assert.Equal(type, values.dtype);
        Assert.Equal([-2, 0, 1, 100], values.to(ScalarType.Int64).data<long>());
    }

    [Fact]
    public void Every_layout_is_read()
    {
        using var scope = NewDisposeScope();
        var cases = Cases();
        Assert.Equal([0, 1, 255], cases["u8"].data<byte>().ToArray());
        Assert.Equal([true, false, true], cases["bool"].data<bool>());
        Assert.Equal((0L, 2.5f), (cases["scalar"].dim(), cases["scalar"].item<float>()));
        Assert.Equal([0, 3], cases["empty"].shape);
        Assert.Equal([1, 3], cases["transposed"].stride());
        Assert.Equal([0, 3, 1, 4, 2, 5], cases["transposed"].contiguous().data<float>());
        Assert.Equal([1, 5, 9], cases["column"].contiguous().data<float>());
        Assert.Equal([7, 7, 7], cases["expanded"].contiguous().data<float>());
        Assert.Equal([1.5f], cases["parameter"].data<float>());
        cases["matrix"][0, 1] = -1;
        Assert.Equal(-1, cases["column"][0].item<float>());
    }

    [Fact]
    public void The_order_is_that_of_the_file_and_the_tensors_belong_to_the_caller()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            var cases = Cases();
            Assert.Equal(["f64", "f32", "f16", "bf16"], cases.Keys.Take(4));
            Assert.All(cases.Values, tensor => Assert.False(tensor.IsInvalid));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static OrderedDictionary<string, Tensor> Cases() => PyTorchState.Read(StateFiles.Path("cases.pt"));

    /// <summary>The networks of make_state_dicts.py.</summary>
    private static TorchSharp.Modules.Sequential Network(string file)
    {
        const ScalarType Double = ScalarType.Float64;
        var twice = new BatchNorm(2, dtype: Double);
        return file switch
        {
            "convolutions.pt" => nn.Sequential(
                nn.Conv2d(2, 4, 3, padding: 1, bias: false, dtype: Double), new BatchNorm(4, dtype: Double), nn.ReLU(),
                nn.Sequential(nn.Conv2d(4, 6, 3, dtype: Double), new GroupNorm(2, 6, dtype: Double), nn.ReLU()),
                nn.Flatten(), nn.Linear(24, 3, dtype: Double), new BatchNorm(3, affine: false, dtype: Double)),
            "sequence.pt" => nn.Sequential(
                nn.Conv1d(2, 3, 2, dtype: Double), new InstanceNorm(3, affine: true, trackRunningStatistics: true, dtype: Double),
                new LayerNorm(4, dtype: Double), new BatchNorm(3, momentum: null, dtype: Double)),
            _ => nn.Sequential(nn.Linear(3, 2, dtype: Double), twice, nn.Linear(2, 2, dtype: Double), twice),
        };
    }
}
