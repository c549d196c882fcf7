using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Plans;

/// <summary>What fits where, on an A100 and on an H100.</summary>
public class PlanTests
{
    private static readonly DeviceProperties A100 = new(8, 0, 108, 163 * 1024, "A100");
    private static readonly DeviceProperties H100 = new(9, 0, 132, 227 * 1024, "H100");

    [Theory]
    [InlineData(1024, 2, "32 x 4", "32 x 4 x 2, 264 parts", "32 x 4 x 2, 216 parts")]
    [InlineData(4096, 2, "128 x 4", "128 x 4 x 2, 528 parts", "128 x 4 x 2, 432 parts")]
    [InlineData(8192, 2, "256 x 4", "256 x 4 x 2, 264 parts", "256 x 4 x 2, 216 parts")]
    [InlineData(16384, 2, "512 x 4", "512 x 4 x 2, 132 parts", "512 x 4 x 2, 108 parts")]
    [InlineData(16384, 0, "1024 x 4", "512 x 4 x 2, 2 blocks, 66 parts", "512 x 8 x 1, 108 parts")]
    [InlineData(40960, 2, "1024 x 5", "512 x 3 x 2, 4 blocks, 33 parts", "none")]
    [InlineData(65536, 2, "none", "512 x 4 x 2, 4 blocks, 33 parts", "none")]
    [InlineData(4099, 2, "1024 x 5", "512 x 9 x 2, 396 parts", "512 x 9 x 2, 324 parts")]
    public void Rows_take_the_threads_and_blocks_that_hold_them(int length, int element, string forward, string onH100, string onA100)
    {
        var rows = new Geometry(32768, 1, 1, length, 1);
        var type = (CudaElement)element;
        var vector = VectorWidth.Of(type, length, 16);
        var plan = RowPlan.Forward(rows, type, vector);
        Assert.Equal((forward, onH100, onA100), (plan is null ? "none" : $"{plan.Value.Threads} x {plan.Value.Vectors}", Backward(H100), Backward(A100)));

        string Backward(DeviceProperties on) => RowPlan.Backward(rows, type, vector, on) is { } plan
            ? $"{plan.Threads} x {plan.Vectors} x {plan.Stages}{(plan.Cluster > 1 ? $", {plan.Cluster} blocks" : "")}, {plan.Parts} parts"
            : "none";
    }

    /// <remarks>Forward / backward, of the memory of a block; the chunks of other sets are read twice.</remarks>
    [Theory]
    [InlineData("batch norm 32 x 64 x 56 x 56", "4 x 52 kB / 8 x 56 kB", "chunks / chunks")]
    [InlineData("batch norm 128 x 256 x 28 x 28", "2 x 104 kB / 4 x 112 kB", "chunks / chunks")]
    [InlineData("batch norm 256 x 512 x 14 x 14", "1 x 104 kB / 2 x 104 kB", "1 x 104 kB / chunks")]
    [InlineData("batch norm 64 x 2048 x 7 x 7", "1 x 7 kB / 1 x 13 kB", "1 x 7 kB / 1 x 13 kB")]
    [InlineData("group norm 32 x 64 x 56 x 56", "1 x 14 kB / 1 x 32 kB", "1 x 14 kB / 1 x 32 kB")]
    [InlineData("group norm 128 x 256 x 28 x 28", "1 x 14 kB / 1 x 32 kB", "1 x 14 kB / 1 x 32 kB")]
    [InlineData("group norm 256 x 512 x 14 x 14", "1 x 7 kB / 1 x 14 kB", "1 x 7 kB / 1 x 14 kB")]
    [InlineData("group norm 64 x 2048 x 7 x 7", "1 x 7 kB / 1 x 13 kB", "1 x 7 kB / 1 x 13 kB")]
    public void Sets_made_of_runs_fit_a_block_a_cluster_or_no_chip(string shape, string onH100, string onA100)
    {
        var geometry = Shapes.All.Single(one => one.Name == shape).Geometry;
        Assert.Equal((onH100, onA100), (Plans(H100), Plans(A100)));

        string Plans(DeviceProperties on) => string.Join(" / ", new[] { 1, 2 }.Select(arrays =>
            RunPlan.OnChip(geometry, CudaElement.BFloat16, VectorWidth.Of(CudaElement.BFloat16, geometry.Run, 16), arrays, on) is { } plan
                ? $"{plan.Blocks} x {plan.SharedBytes / 1024} kB"
                : "chunks"));
    }

    [Fact]
    public void All_threads_of_a_block_have_packets_where_the_shape_has_enough()
    {
        foreach (var (name, geometry) in Shapes.All.Where(shape => CudaPath.HasRuns(shape.Geometry)))
        {
            var vector = VectorWidth.Of(CudaElement.BFloat16, geometry.Run, 16);
            var plan = RunPlan.OnChip(geometry, CudaElement.BFloat16, vector, 1, H100)!.Value;
            // Places in shared memory beside packets that are there.
            var places = (plan.SharedBytes - RowPlan.WorkspaceBytes) / (2.0 * vector) * plan.Blocks;
            Assert.True((double)geometry.Count / vector / places > 0.7, $"{name}: {plan}");
        }
    }

    [Theory]
    [InlineData(64, 16, 0, 8)]
    [InlineData(64, 2, 0, 1)]
    [InlineData(4099, 16, 0, 1)]
    [InlineData(4100, 16, 0, 4)]
    [InlineData(64, 16, 8, 4)]
    public void Packets_divide_the_length_and_the_addresses(int length, int bytes, int address, int width) =>
        Assert.Equal(width, VectorWidth.Of(CudaElement.BFloat16, length, bytes, 256, address));

    [Fact]
    public void What_there_are_no_kernels_for_is_refused()
    {
        var rows = new Geometry(4, 1, 1, 8, 1);
        Assert.True(CudaNorm.Supports(rows, CudaElement.BFloat16, A100));
        Assert.False(CudaNorm.Supports(rows, CudaElement.BFloat16, A100 with { Major = 7, Minor = 5 }));
        Assert.False(CudaNorm.Supports(rows with { Outer = 0 }, CudaElement.Float32, H100));
        Assert.False(CudaNorm.Supports(new(1, 4, 2, 3, 5), CudaElement.Float32, H100));
        var call = new CudaForward { Geometry = rows, X = 256, Y = 512, Rstd = 1024 };
        Assert.Throws<ArgumentException>(() => CudaCallCheck.Forward(call with { Residual = 256 }, H100));
        Assert.Throws<ArgumentException>(() => CudaCallCheck.Forward(call with { RunningMean = 256 }, H100));
        Assert.Throws<ArgumentException>(() => CudaCallCheck.Forward(call with { IsGiven = true, Mean = 256 }, H100));
        Assert.Throws<ArgumentException>(() => CudaCallCheck.Backward(new CudaBackward { Geometry = rows, Dy = 256, X = 256, Rstd = 256, SumDy = 256 }, H100));
    }
}
