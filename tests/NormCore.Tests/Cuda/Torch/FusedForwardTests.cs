using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Kernels;
using NormCore.Tests.Layers.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>A residual sum before a layer and a ReLU after it, in the kernels of the layer.</summary>
public class FusedForwardTests
{
    public static TheoryData<string, ScalarType> CasesAndTypes()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (var name in FusedCase.Names)
            foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16 })
                data.Add(name, type);
        return data;
    }

    public static TheoryData<string> Cases => [.. FusedCase.Names];

    [Theory]
    [MemberData(nameof(CasesAndTypes))]
    public void The_kernels_give_what_the_operations_one_after_the_other_give(string name, ScalarType type)
    {
        using var gpu = FakeGpu.Use();
        foreach (var relu in (bool[])[true, false])
            foreach (var loss in (string[])["output", "sum", "both"])
            {
                using var scope = NewDisposeScope();
                var (fused, written) = (FusedCase.Of(name, type), FusedCase.Of(name, type));
                var ours = new FusedRun(fused, type).Gradients(fused.Add, relu, loss);
                var reference = Both.Composed(() => new FusedRun(written, type).Gradients(written.Written, relu, loss));
                foreach (var (one, other) in ours.Concat(fused.State()).Zip(reference.Concat(written.State()))) RequireClose(one, other, type);
            }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_take_no_launch_more_than_the_layer_alone(string name)
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var of = FusedCase.Of(name, ScalarType.Float32);
        int Launches(Func<Tensor, Tensor, bool, (Tensor, Tensor)> forward)
        {
            FakeCuda.Reset();
            new FusedRun(of, ScalarType.Float32).Gradients(forward, true, "both");
            return FakeCuda.Launches().Count;
        }
        var alone = Launches(of.Written);
        Assert.Equal(alone, Launches(of.Add));
        Assert.Equal(alone, Launches((x, residual, _) => (of.Relu(x), residual * 1)));
        Assert.True(alone >= 2);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Second_derivatives_are_those_of_the_operations_one_after_the_other(string name)
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var (fused, written) = (FusedCase.Of(name, ScalarType.Float32), FusedCase.Of(name, ScalarType.Float32));
        var ours = new FusedRun(fused, ScalarType.Float32).SecondDerivatives(fused.Add, relu: true);
        var reference = Both.Composed(() => new FusedRun(written, ScalarType.Float32).SecondDerivatives(written.Written, relu: true));
        foreach (var (one, other) in ours.Zip(reference)) RequireClose(one, other, ScalarType.Float32);
    }

    [Theory]
    [InlineData("channels last")]
    [InlineData("a residual in another order")]
    [InlineData("launches fail")]
    [InlineData("launches fail backward")]
    [InlineData("launches of group norm fail backward")]
    public void Other_orders_of_memory_and_failures_change_nothing(string what)
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var order = 0;
        Tensor Last(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Tensor Laid(Tensor x) => what switch { "channels last" => Last(x), "a residual in another order" when order++ % 2 == 1 => Last(x), _ => x };
        var name = what.Contains("group norm", StringComparison.Ordinal) ? "group norm" : "batch norm, training";
        var (fused, written) = (FusedCase.Of(name, ScalarType.Float32), FusedCase.Of(name, ScalarType.Float32));
        var (run, reference) = (new FusedRun(fused, ScalarType.Float32, Laid), new FusedRun(written, ScalarType.Float32));
        var warning = CudaKernels.Warning;
        CudaKernels.Warning = null;
        try
        {
            if (what == "launches fail") FakeCuda.Fail("cuLaunchKernel", 999, 1000);
            var ours = run.Gradients(
                (x, residual, relu) =>
                {
                    var outputs = fused.Add(x, residual, relu);
                    if (what.EndsWith("fail backward", StringComparison.Ordinal)) FakeCuda.Fail("cuLaunchKernel", 999, 1000);
                    return outputs;
                },
                true, "both");
            foreach (var (one, other) in ours.Concat(fused.State()).Zip(Both.Composed(() => reference.Gradients(written.Written, true, "both")).Concat(written.State()))) RequireClose(one, other, ScalarType.Float32);
        }
        finally
        {
            CudaKernels.Warning = warning;
            FakeCuda.Reset();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_graph_lets_go_of_a_node_that_keeps_its_own_output(bool isRunBackward)
    {
        using var gpu = FakeGpu.Use();
        var node = new CountedNode();
        using (NewDisposeScope())
        {
            var x = randn(8, 64).requires_grad_();
            var fusion = new Fusion(randn(8, 64), relu: true);
            var y = node.Run(x, fusion);
            if (isRunBackward) (y.sum() + fusion.Sum!.sum()).backward();
            Assert.Equal(0, node.Recycled);
        }
        GraphNode.ThrowEarlierFailure();
        Assert.Equal(1, node.Recycled);
    }

    [Fact]
    public void Without_a_graph_outputs_need_no_gradient_and_nothing_is_kept()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var of = FusedCase.Of("layer norm", ScalarType.Float32);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        var (y, sum) = of.Add(ones(4, 6, 5, 3), randn(4, 6, 5, 3), true);
        Assert.False(y.requires_grad || sum.requires_grad);
        Assert.Equal(before + 4, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    // As for the layers alone; in half types each operation rounds where the kernel rounds once, and an output near 0 decides a whole gradient.
    private static void RequireClose(Tensor ours, Tensor reference, ScalarType type)
    {
        var tolerance = finfo(type).eps * (type is ScalarType.Float32 ? 200 : 4);
        var (a, b) = (ours.to(ScalarType.Float64), reference.to(ScalarType.Float64));
        Assert.Equal(reference.dtype, ours.dtype);
        Assert.Equal(reference.shape, ours.shape);
        var (difference, size) = ((a - b).abs().max().item<double>(), b.abs().max().item<double>());
        Assert.True(difference <= tolerance * Math.Max(1, size), $"differs by {difference} at size {size}");
    }

    private sealed class CountedNode : CudaNode
    {
        public int Recycled { get; private set; }

        public Tensor Run(Tensor x, Fusion fusion)
        {
            Call = new NormCall([8, 64], [], [8, 64], [1], [1], new Geometry(8, 1, 1, 64, 1), 1e-5, IsCentered: true, IsGiven: false, HasRelu: true);
            (Place, Fusion) = (CudaPlace.Of(x)!, fusion);
            return Finish(Forward(x, null, null), x, null, null);
        }

        protected override void Recycle()
        {
            Recycled++;
            Release();
        }
    }
}
