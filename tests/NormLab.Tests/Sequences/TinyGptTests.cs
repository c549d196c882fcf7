using NormCore;
using NormLab.Data;
using NormLab.Propagation;
using NormLab.Sequences;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Sequences;

public class TinyGptTests
{
    private const int Characters = 11, Context = 6;

    public static TheoryData<string> Placements => [.. All.Select(placement => placement.Name)];

    private static NormPlacement[] All => [NormPlacement.Pre, NormPlacement.Post, NormPlacement.Peri];

    [Theory]
    [MemberData(nameof(Placements))]
    public void A_later_character_changes_no_earlier_output(string name)
    {
        using var network = Network(name, width => new LayerNorm(width));
        var (before, after) = OutputsAroundAChange(network);
        Assert.Equal([3, Characters, Context], before.shape);
        Assert.True(before[.., .., ..4].equal(after[.., .., ..4]).all().item<bool>());
        Assert.False(before[.., .., 4..].allclose(after[.., .., 4..]));
    }

    [Fact]
    public void With_batch_norm_of_tokens_it_does_in_training_and_not_in_evaluation()
    {
        using var network = Network("Pre-LN", width => new TokenBatchNorm(width));
        var (before, after) = OutputsAroundAChange(network);
        Assert.False(before[.., .., ..4].allclose(after[.., .., ..4]));
        network.eval();
        (before, after) = OutputsAroundAChange(network);
        Assert.True(before[.., .., ..4].allclose(after[.., .., ..4], rtol: 0, atol: 1e-6));
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void Networks_of_one_seed_share_their_weights_whatever_normalizes(string name)
    {
        using var normalized = Network(name, width => new LayerNorm(width));
        using var plain = Network("Pre-LN", null);
        var weights = plain.named_parameters().Where(entry => entry.parameter.dim() == 2).Select(entry => entry.parameter);
        Assert.All(weights.Zip(normalized.named_parameters().Where(entry => entry.parameter.dim() == 2)), pair =>
            Assert.True(pair.First.equal(pair.Second.parameter).all().item<bool>()));
    }

    [Fact]
    public void The_stream_after_a_post_norm_and_a_branch_under_peri_norm_have_mean_square_1()
    {
        using var characters = TextData.Random(2, Context, Characters, seed: 1).Images;
        string[] steps = ["attention1", "mlp1", "attention2", "mlp2"];
        using var post = Network("Post-LN", width => new LayerNorm(width));
        Assert.All(LayerSignal.Of(post, characters, true, steps.Contains), step => Assert.Equal(1, step.Activation, 1e-3)); // ε against a variance of about 1.

        using var peri = Network("Peri-LN", width => new LayerNorm(width));
        var signals = LayerSignal.Of(peri, characters, true, name => name.EndsWith("branch"));
        Assert.Equal(4, signals.Length);
        Assert.All(signals, branch => Assert.Equal(1, branch.Activation, 1e-3));
    }

    [Fact]
    public void Attention_at_the_first_position_copies_its_value_and_at_the_last_can_see_all()
    {
        var attention = new CausalAttention(8, 2);
        using var x = randn(2, 5, 8);
        var weights = attention.state_dict();
        var value = x.matmul(weights["qkv.weight"][16..].t());
        var expected = value[.., ..1].matmul(weights["write.weight"].t()) + weights["write.bias"];
        Assert.True(attention.call(x)[.., ..1].allclose(expected, atol: 1e-6));
        Assert.Throws<ArgumentException>(() => new CausalAttention(8, 3));
    }

    [Fact]
    public void It_learns_a_text_with_Adam_in_few_steps_and_reports_accuracy_per_character()
    {
        var text = TextData.Generated();
        var (train, test) = (text.Windows(400, 16, seed: 1), text.Windows(50, 16, seed: 2, test: true));
        using var network = TinyGpt.Network(width => new LayerNorm(width), NormPlacement.Pre, 1, text.Characters.Length, depth: 1, width: 16, context: 16);
        var options = new TrainingOptions { Rule = UpdateRule.Adam, LearningRate = 0.01, BatchSize = 8, Epochs = 1 };
        var run = Trainer.Train(network, train, test, options, cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.LateLoss(10) < run.Losses[0] - 0.5, $"{run.Losses[0]} to {run.LateLoss(10)}");
        Assert.InRange(run.TestAccuracy, 0.1, 1);
    }

    [Fact]
    public void Adams_first_step_has_the_length_of_the_rate_in_every_weight()
    {
        using var network = nn.Sequential(("linear", nn.Linear(4, 3)));
        using var before = network.parameters().First().clone().detach();
        var images = new ImageSet(randn(8, 4), randint(0, 3, 8, ScalarType.Int64));
        Trainer.Train(network, images, images, new() { Rule = UpdateRule.Adam, LearningRate = 0.01, BatchSize = 8, Epochs = 1 }, cancellation: TestContext.Current.CancellationToken);
        var moved = (network.parameters().First() - before).abs();
        Assert.True(moved.allclose(full_like(moved, 0.01), rtol: 1e-3)); // g/(|g| + 10⁻⁸).
    }

    private static TorchSharp.Modules.Sequential Network(string placement, Func<int, nn.Module<Tensor, Tensor>>? norm) =>
        TinyGpt.Network(norm, All.Single(one => one.Name == placement), 3, Characters, depth: 2, width: 16, context: Context);

    private static (Tensor Before, Tensor After) OutputsAroundAChange(nn.Module<Tensor, Tensor> network)
    {
        var x = TextData.Random(3, Context, Characters, seed: 5).Images;
        var changed = x.clone();
        changed[.., 4] = (x[.., 4] + 1) % Characters;
        return (network.call(x), network.call(changed));
    }
}
