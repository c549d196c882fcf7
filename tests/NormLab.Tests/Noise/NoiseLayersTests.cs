using NormCore;
using NormLab.Claims;
using NormLab.Data;
using NormLab.Noise;
using static TorchSharp.torch;

namespace NormLab.Tests.Noise;

public class NoiseLayersTests
{
    [Fact]
    public void Matched_noise_has_the_second_moment_of_its_law()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        const int parts = 8, samples = 64;
        var layer = new MatchedNoiseBatchNorm(2, parts, generator);

        // x̂ has mean square 1 up to ε, so E x̃² = (1 + 1/V − 1/N) E[1/b²] with E[1/χ²(V−1)] = 1/(V−3).
        var expected = (1 + 1.0 / parts - 1.0 / samples) * parts / (parts - 3.0) * (samples - 1.0) / samples;
        var squares = Enumerable.Range(0, 4_000).Select(_ =>
        {
            using var inner = NewDisposeScope();
            return layer.call(randn([samples, 2], generator: generator)).square().mean().item<float>() * 1.0;
        }).ToArray();
        var estimate = Estimate.Of(squares);
        Assert.InRange(expected, estimate.Value - 3 * estimate.StandardError, estimate.Value + 3 * estimate.StandardError);
    }

    [Fact]
    public void Noise_of_one_part_is_shared_by_its_samples_and_absent_in_evaluation()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var layer = new MatchedNoiseBatchNorm(2, 4, generator);
        var x = randn(8, 2);
        var (noisy, plain) = (layer.call(x), new BatchNorm(2, affine: false).call(x));

        // x̃ is an affine map of x̂ in each part, so quotients of differences within a part are the same.
        var ratio = (noisy[..4] - noisy[0]).slice(0, 1, 4, 1) / (plain[..4] - plain[0]).slice(0, 1, 4, 1);
        Assert.True(ratio.allclose(ratio[0], rtol: 1e-3));
        Assert.False(noisy.allclose(plain, rtol: 1e-2));
        layer.eval();
        Assert.True(layer.call(x).equal(layer.call(x)).all().item<bool>());
    }

    [Fact]
    public void Gamma_decay_adds_the_gradient_of_its_penalty_to_gamma_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        const int noise = 8, samples = 16;
        var (layer, plain) = (new GammaDecayBatchNorm(3, noise), new BatchNorm(3));
        var (gamma, dy) = (randn(3), randn(samples, 3));
        var inputs = new[] { randn(samples, 3).requires_grad_(), null! };
        inputs[1] = inputs[0].detach().clone().requires_grad_();
        using (no_grad())
        {
            layer.get_parameter("weight")!.copy_(gamma);
            plain.Weight!.copy_(gamma);
        }

        layer.call(inputs[0]).backward([dy / samples]);
        plain.call(inputs[1]).backward([dy / samples]);
        var xhat = new BatchNorm(3, affine: false).call(inputs[1].detach());
        var penalty = gamma * (dy.square() * (1 + xhat.square() / 2)).mean([0]) / noise;

        // float32: sixteen terms of order one.
        Assert.True(layer.get_parameter("weight")!.grad!.allclose(plain.Weight!.grad! + penalty, rtol: 1e-4, atol: 1e-5));
        Assert.True(layer.get_parameter("bias")!.grad!.allclose(plain.Bias!.grad!, rtol: 1e-4, atol: 1e-5));
        Assert.True(inputs[0].grad!.allclose(inputs[1].grad!, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void Dropping_keeps_the_mean_in_training_and_everything_in_evaluation()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var layer = new Dropping(0.25, generator);
        var y = layer.call(ones(40_000)).Numbers();
        Assert.All(y, value => Assert.True(value == 0 || Math.Abs(value - 4.0 / 3) < 1e-6));
        var estimate = Estimate.Of(y);
        Assert.InRange(1, estimate.Value - 3 * estimate.StandardError, estimate.Value + 3 * estimate.StandardError);
        layer.eval();
        Assert.All(layer.call(ones(100)).Numbers(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Monte_Carlo_answers_are_those_of_training_batches_and_leave_the_network_alone()
    {
        using var scope = NewDisposeScope();
        var network = new BatchNorm(3, eps: 0, affine: false);
        var set = new ImageSet(randn(40, 3), zeros(40, int64));
        var x = randn(5, 3);
        var before = network.RunningMean!.clone();
        using var generator = new Generator(9);
        var answers = MonteCarloBatchNorm.Answers(network, x, set, batchSize: 8, passes: 7, generator);

        using var same = new Generator(9);
        using var batch = set.Batches(8, same).First();
        var moments = Moments.Of(batch.Images, 0);
        Assert.Equal([7, 5, 3], answers.shape);
        Assert.True(answers[0].allclose((x - moments.Mean) / moments.UnbiasedVariance.sqrt(), rtol: 1e-4, atol: 1e-5));
        Assert.False(answers[0].allclose(answers[1]));
        Assert.True(network.training && network.RunningMean!.equal(before).all().item<bool>());
        Assert.Throws<ArgumentException>(() => MonteCarloBatchNorm.Answers(nn.Linear(3, 3), x, set, 8, 1, generator));
    }
}
