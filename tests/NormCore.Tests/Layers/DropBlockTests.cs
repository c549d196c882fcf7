using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class DropBlockTests
{
    [Fact]
    public void Blocks_reach_from_their_upper_left_corner_over_block_size_rows_and_columns()
    {
        using var scope = NewDisposeScope();
        var begins = zeros([1, 2, 3, 4], ScalarType.Bool);
        begins[0, 0, 1, 3] = true;
        begins[0, 0, 2, 2] = true;
        var expected = tensor(new float[]
        {
            1, 1, 1, 1, 1,
            1, 1, 1, 0, 0,
            1, 1, 0, 0, 0,
            1, 1, 0, 0, 1,
        }, [4, 5]);
        var keep = DropBlock.Keep(begins, 2);
        Assert.True(keep[0, 0].Equals(expected));
        Assert.True((keep[0, 1] == 1).all().item<bool>());
        Assert.True(DropBlock.Keep(begins, 1).Equals(1 - begins.to(ScalarType.Float32)));
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void What_is_left_is_scaled_by_count_over_count_of_ones_and_so_is_its_gradient(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(100);
        var x = random.Normal(2, 3, 4, 5).to(type).requires_grad_();
        var dy = random.Normal(2, 3, 4, 5).to(type);
        var keep = ones(2, 3, 4, 5);
        keep[1] = 0;
        keep[0, 2] = 0; // 40 of 120 are left
        var y = DropBlock.Masked(x, keep);
        (y * dy).sum().backward();
        Assert.True(y.Equals(x * 3 * keep.to(type)));
        Assert.True(x.grad!.Equals(dy * 3 * keep.to(type)));
    }

    [Fact]
    public void Where_everything_is_dropped_nothing_is_divided_by_0()
    {
        using var scope = NewDisposeScope();
        using var all = new DropBlock(1, 3);
        var x = rand([2, 2, 3, 3]).requires_grad_();
        var y = all.call(x);
        y.sum().backward();
        Assert.True((y == 0).all().item<bool>());
        Assert.True((x.grad! == 0).all().item<bool>());
    }

    [Theory]
    [InlineData(1, 6, 7)]
    [InlineData(2, 5, 5)]
    [InlineData(3, 5, 8)]
    public void Each_position_is_dropped_as_often_as_a_block_over_it_begins(long block, long height, long width)
    {
        const double p = 0.2;
        const int maps = 20000;
        using var scope = NewDisposeScope();
        using var generator = new Generator(101);
        using var layer = new DropBlock(p, block, generator);
        var y = layer.call(ones(maps / 100, 100, height, width));
        var dropped = (y == 0).to(ScalarType.Float64).mean([0, 1]);
        var gamma = p / (block * block) * height * width / ((height - block + 1) * (width - block + 1));

        // n blocks cover a position; it is dropped with probability q = 1 − (1 − γ)ⁿ, in maps independent of each other.
        long Covering(long position, long length) => Math.Min(position, length - block) - Math.Max(0, position - block + 1) + 1;
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var q = 1 - Math.Pow(1 - gamma, Covering(row, height) * Covering(column, width));
                // Five standard errors: one false alarm in 40,000 seeds at 42 positions, and the seed is fixed.
                Assert.InRange(dropped[row, column].item<double>(), q - 5 * Math.Sqrt(q * (1 - q) / maps), q + 5 * Math.Sqrt(q * (1 - q) / maps));
            }
        // The scale keeps the mean of a constant input but for the rounding of the scale and of a float32 mean.
        Assert.Equal(1, y.to(ScalarType.Float64).mean().item<double>(), 1e-6);
    }

    [Fact]
    public void Channels_and_samples_are_dropped_independently()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(102);
        using var layer = new DropBlock(0.5, 3, generator);
        var dropped = (layer.call(ones(40, 50, 3, 3)).select(2, 0).select(2, 0) == 0).to(ScalarType.Float64); // whole maps, with p = 0.5
        // Five standard errors of the share of two neighbours that agree, which is 1/2 with error 1/(2 √n).
        var byChannel = (dropped[TensorIndex.Colon, TensorIndex.Slice(1)] == dropped[TensorIndex.Colon, TensorIndex.Slice(0, -1)]).to(ScalarType.Float64);
        var bySample = (dropped[TensorIndex.Slice(1)] == dropped[TensorIndex.Slice(0, -1)]).to(ScalarType.Float64);
        foreach (var agreement in new[] { byChannel, bySample })
            Assert.InRange(agreement.mean().item<double>(), 0.5 - 2.5 / Math.Sqrt(agreement.numel()), 0.5 + 2.5 / Math.Sqrt(agreement.numel()));
    }

    [Fact]
    public void The_same_generator_drops_the_same_blocks_whatever_the_type_of_the_input()
    {
        using var scope = NewDisposeScope();
        Tensor Dropped(ulong seed, ScalarType type)
        {
            using var generator = new Generator(seed);
            using var layer = new DropBlock(0.3, 2, generator);
            return layer.call(ones([3, 4, 6, 6], type)) == 0;
        }
        var first = Dropped(103, ScalarType.Float32);
        Assert.True(Dropped(103, ScalarType.Float32).Equals(first));
        Assert.True(Dropped(103, ScalarType.Float64).Equals(first));
        Assert.True(Dropped(103, ScalarType.BFloat16).Equals(first));
        Assert.False(Dropped(104, ScalarType.Float32).Equals(first));
    }

    [Fact]
    public void Evaluation_and_probability_0_are_the_identity()
    {
        using var scope = NewDisposeScope();
        using var layer = new DropBlock(0.5, 2);
        var x = rand(2, 3, 4, 4);
        layer.eval();
        Assert.True(layer.call(x).Equals(x));
        layer.train();
        Assert.False(layer.call(x).Equals(x));
        layer.DropProbability = 0;
        Assert.True(layer.call(x).Equals(x));
        Assert.Equal([0, 3, 4, 4], layer.call(rand(0, 3, 4, 4)).shape);
        Assert.Empty(layer.state_dict());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_the_result_stays_alive(bool training)
    {
        using var layer = new DropBlock(0.5, 2);
        using var x = rand(2, 3, 4, 4);
        layer.train(training);
        var before = MemoryTests.Live();
        layer.call(x).Dispose();
        Assert.Equal(before, MemoryTests.Live());
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void Impossible_arguments_and_inputs_are_refused()
    {
        using var scope = NewDisposeScope();
        foreach (var p in new[] { -0.1, 1.1, double.NaN }) Assert.Throws<ArgumentOutOfRangeException>(() => new DropBlock(p, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DropBlock(0.1, 0));
        using var generator = new Generator(1);
        using var layer = new DropBlock(0.1, 3, generator);
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.DropProbability = 2);
        foreach (var shape in new long[][] { [3, 4, 4], [2, 3, 2, 4], [2, 3, 4, 2], [1, 2, 3, 4, 4] })
            Assert.Contains("(N, C, H, W) is needed", Assert.Throws<ArgumentException>(() => layer.forward(rand(shape))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => layer.forward(ones([1, 1, 4, 4], ScalarType.Int64)));
        Assert.Throws<ArgumentNullException>(() => layer.forward(null!));
        Assert.Contains("meta", Assert.Throws<ArgumentException>(() => layer.forward(empty([1, 1, 4, 4], device: META))).Message, StringComparison.Ordinal);
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => layer.forward(rand(1, 1, 4, 4)));
    }
}
