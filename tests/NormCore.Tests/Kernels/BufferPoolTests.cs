using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

[Collection(nameof(BufferPoolTests))]
public class BufferPoolTests
{
    private const long Block = 2 << 20;

    [Fact]
    public void A_block_that_came_back_is_given_to_the_next_request_of_its_size()
    {
        var pool = new BufferPool(10 * Block);
        var (first, other) = (pool.Take(Block - 5), pool.Take(2 * Block));
        pool.Return(first);
        pool.Return(other);
        Assert.Equal(3 * Block, pool.BytesWaiting);
        Assert.Equal(first, pool.Take(Block));
        Assert.Equal(2 * Block, pool.BytesWaiting);
        pool.Return(first);
        pool.Shrink(0);
        Assert.Equal(0, pool.BytesWaiting);
    }

    [Fact]
    public void Above_the_limit_the_oldest_go_back_to_the_system()
    {
        var pool = new BufferPool(2 * Block);
        nint[] blocks = [.. Enumerable.Range(0, 3).Select(_ => pool.Take(Block))];
        foreach (var block in blocks) pool.Return(block);
        Assert.Equal(2 * Block, pool.BytesWaiting);
        Assert.Equal(blocks[2], pool.Take(Block));
        Assert.Equal(blocks[1], pool.Take(Block));
        pool.Return(blocks[1]);
        pool.Return(blocks[2]);
        pool.Limit = Block;
        Assert.Equal(Block, pool.BytesWaiting);
        pool.Shrink(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_outputs_use_memory_of_those_that_went(bool channelsLast)
    {
        using var scope = NewDisposeScope();
        // 33 MiB.
        var x = rand(3, 2, 1201, 1201);
        if (channelsLast) x = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.True(x.numel() * 4 >= OutputBuffers.Threshold);
        var (axes, gamma, beta) = (new long[] { 0, 2, 3 }, rand(2), rand(2));
        var before = OutputBuffers.BytesWaiting;

        var y = FusedPath.Apply(x, axes, gamma, beta, [1], 1e-5)!;
        var expected = y.clone();
        Assert.Equal(x.stride(), y.stride());
        y.add_(1); // Must be a tensor like any other.
        y.Dispose();
        Assert.True(OutputBuffers.BytesWaiting > before);

        y = FusedPath.Apply(x, axes, gamma, beta, [1], 1e-5)!;
        Assert.Equal(before, OutputBuffers.BytesWaiting);
        Assert.True(y.equal(expected).all().item<bool>());
        y.Dispose();
        OutputBuffers.Release();
        Assert.Equal(0, OutputBuffers.BytesWaiting);
    }
}
