using NormCore;
using NormLab.SmallBatch;
using static TorchSharp.torch;

namespace NormLab.Tests.SmallBatch;

public class RampedBatchRenormTests
{
    [Fact]
    public void It_is_batch_norm_at_first_and_has_its_last_limits_from_the_end_on()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (ramped, plain) = (new RampedBatchRenorm(3, start: 2, end: 6), new BatchNorm(3));
        double[] limits = [1, 1, 1, 1.5, 2, 2.5, 3, 3];
        foreach (var (limit, step) in limits.Select((limit, step) => (limit, step)))
        {
            var x = 3 * randn([6, 3, 4], generator: generator) + 2;
            var (y, batchNorm) = (ramped.call(x), plain.call(x));
            Assert.Equal(limit, ramped.Norm.RMax, 1e-12);
            Assert.Equal(2.5 * (limit - 1), ramped.Norm.DMax, 1e-12);
            Assert.Equal(step <= 2, y.allclose(batchNorm, rtol: 1e-4, atol: 1e-5));
        }

        ramped.eval();
        plain.eval();
        var test = randn([2, 3, 4], generator: generator);
        Assert.True(ramped.call(test).allclose(plain.call(test), rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void A_ramp_needs_a_length() => Assert.Throws<ArgumentOutOfRangeException>(() => new RampedBatchRenorm(3, 5, 5));
}
