using static TorchSharp.torch;

namespace NormLab.Mechanisms;

/// <summary>
/// Covariate shift on purpose: in training each channel is multiplied and shifted by numbers that are drawn anew at every step,
/// y = s x + m with centres s̄ ~ U(1, 1.25), m̄ ~ U(−½, ½) per channel and then, per sample, s ~ N(s̄, 0.1²), m ~ U(m̄ − 0.1, m̄ + 0.1). Nothing in evaluation.
/// </summary>
/// <remarks>Santurkar et al. 2018, arXiv:1805.11604v5, appendix A.2.1, after each batch norm. It draws from a generator of its own.</remarks>
public sealed class Drift : nn.Module<Tensor, Tensor>
{
    private readonly Generator generator;

    /// <param name="seed">The seed of the drift.</param>
    public Drift(int seed) : base(nameof(Drift)) => generator = new((ulong)seed);

    /// <summary>Moves and stretches every channel.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!training)
            return x.alias();
        using var scope = NewDisposeScope();
        var (n, c) = (x.shape[0], x.shape[1]);
        var scale = 1 + 0.25 * rand([1, c], generator: generator) + 0.1 * randn([n, c], generator: generator); // (N, C)
        var shift = rand([1, c], generator: generator) - 0.5 + 0.2 * (rand([n, c], generator: generator) - 0.5); // (N, C)
        long[] shape = [n, c, .. Enumerable.Repeat(1L, (int)x.dim() - 2)];
        return (x * On(scale) + On(shift)).MoveToOuterDisposeScope();

        Tensor On(Tensor numbers) => numbers.view(shape).to(x.dtype).to(x.device);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            generator.Dispose();
        base.Dispose(disposing);
    }
}
