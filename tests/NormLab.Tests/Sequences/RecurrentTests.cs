using NormCore;
using NormLab.Data;
using NormLab.Sequences;
using static TorchSharp.torch;

namespace NormLab.Tests.Sequences;

public class RecurrentTests
{
    private const int Rows = 5, Width = 8;

    private static readonly ImageSet Sequences = RowSequences.Of(new(randn([40, 1, Rows, 4], generator: new(1)), zeros(40, ScalarType.Int64)), [2, 3, 5], seed: 2);

    [Fact]
    public void Rows_beyond_the_length_are_zero_and_marked()
    {
        var (rows, marks) = (Sequences.Images[.., .., ..4], Sequences.Images[.., .., 4]);
        var lengths = marks.sum(new long[] { 1 }).Numbers();
        Assert.Equal([2, 3, 5], lengths.Distinct().Order());
        Assert.True((marks[.., 1..] <= marks[.., ..(Rows - 1)]).all().item<bool>());
        Assert.Equal(0, (rows * (1 - marks.unsqueeze(-1))).abs().max().item<float>());
        Assert.True(rows[.., ..2].abs().min().item<float>() > 0);
        Assert.Throws<ArgumentException>(() => RowSequences.Of(Sequences, [9], 1));
    }

    [Fact]
    public void The_recurrence_is_the_formula()
    {
        using var network = new RecurrentClassifier(null, 1, 4, Width);
        var (w, v, b) = (network.state_dict()["state.weight"], network.state_dict()["input.weight"], network.state_dict()["bias"]);
        Assert.True(w.matmul(w.t()).allclose(eye(Width), atol: 1e-6));
        var h = zeros(1, Width);
        var sequence = Sequences.Images[..1];
        for (var t = 0; t < (int)sequence[.., .., 4].sum().item<float>(); t++)
            h = (h.matmul(w.t()) + sequence[.., t, ..4].matmul(v.t()) + b).tanh();
        var expected = h.matmul(network.state_dict()["head.weight"].t()) + network.state_dict()["head.bias"];
        Assert.True(network.call(sequence).allclose(expected, atol: 1e-5));
    }

    [Theory]
    [InlineData("layer norm", false, true)]
    [InlineData("layer norm", true, true)]
    [InlineData("batch norm", false, true)]
    [InlineData("batch norm", true, false)]
    [InlineData("each step", false, true)]
    [InlineData("each step", true, false)]
    public void Padding_reaches_the_output_only_through_batch_statistics_that_count_it(string norm, bool seesPadding, bool same)
    {
        using var network = new RecurrentClassifier(Norm(norm), 1, 4, Width, seesPadding: seesPadding);
        var marks = Sequences.Images[.., .., 4].unsqueeze(-1);
        var littered = Sequences.Images + 3 * cat([(1 - marks).expand(-1, -1, 4), zeros_like(marks)], -1);
        var longer = cat([Sequences.Images, zeros(40, 3, 5)], 1);
        var y = network.call(Sequences.Images);
        Assert.Equal(same, network.call(littered).allclose(y, atol: 1e-6));
        Assert.True(network.call(longer).allclose(y, atol: 1e-6)); // Padding behind all sequences is behind what counts.
        network.eval();
        Assert.True(network.call(littered).allclose(network.call(Sequences.Images), atol: 1e-6));
    }

    [Fact]
    public void Statistics_of_each_step_are_those_of_the_sequences_that_still_run()
    {
        var norm = new BatchNormEachStep(3, count: 2, gamma: 0.1);
        using var x = randn(6, 3) + 5;
        Assert.True(norm.call(x, 1).allclose(0.1 * new BatchNorm(3, affine: false).call(x), atol: 1e-6));
        norm.call(x, 7);
        var counts = norm.named_buffers().Where(buffer => buffer.name.EndsWith("tracked")).Select(buffer => buffer.buffer.item<long>());
        Assert.Equal([0, 2], counts); // A step beyond the last known one is taken for it.
    }

    [Fact]
    public void Networks_of_one_seed_start_from_the_same_weights()
    {
        var (plain, normalized) = (new RecurrentClassifier(null, 4, 4, Width).state_dict(), new RecurrentClassifier(Norm("each step"), 4, 4, Width).state_dict());
        Assert.All(new[] { "state.weight", "input.weight", "head.weight" }, name => Assert.True(plain[name].equal(normalized[name]).all().item<bool>()));
    }

    private static Func<nn.Module<Tensor, int, Tensor>> Norm(string name) => name switch
    {
        "layer norm" => () => new SameEachStep(new LayerNorm(Width)),
        "batch norm" => () => new SameEachStep(new BatchNorm(Width)),
        _ => () => new BatchNormEachStep(Width, Rows, 1),
    };
}
