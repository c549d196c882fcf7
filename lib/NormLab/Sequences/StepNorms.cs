using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>One normalizer for every time step of a recurrent network.</summary>
public sealed class SameEachStep : nn.Module<Tensor, int, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> norm;

    /// <summary>Uses a layer at every step: batch norm then has one set of running statistics for all of them.</summary>
    /// <param name="norm">The layer, on (N, D).</param>
    public SameEachStep(nn.Module<Tensor, Tensor> norm) : base(nameof(SameEachStep))
    {
        this.norm = norm;
        RegisterComponents();
    }

    /// <summary>Normalizes.</summary>
    /// <param name="x">(N, D).</param>
    /// <param name="step">t, from 0; it makes no difference.</param>
    public override Tensor forward(Tensor x, int step) => norm.call(x);
}

/// <summary>Batch norm with running statistics of each time step and one γ for all: y = γ (x − μ)/√(σ² + ε).</summary>
/// <remarks>
/// Cooijmans et al. 2016, arXiv:1603.09025v5, section 3: β is left to the bias that follows, γ starts small, and steps beyond the last one known use its
/// statistics.
/// </remarks>
public sealed class BatchNormEachStep : nn.Module<Tensor, int, Tensor>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> steps;
    private readonly Parameter weight;

    /// <summary>A layer for sequences of up to T steps.</summary>
    /// <param name="width">D.</param>
    /// <param name="count">T.</param>
    /// <param name="gamma">γ at the start.</param>
    public BatchNormEachStep(int width, int count, double gamma) : base(nameof(BatchNormEachStep))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        steps = new([.. Enumerable.Range(0, count).Select(_ => new NormCore.BatchNorm(width, affine: false))]);
        weight = nn.Parameter(full([width], gamma, ScalarType.Float32));
        weight.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Normalizes.</summary>
    /// <param name="x">(N, D).</param>
    /// <param name="step">t, from 0.</param>
    public override Tensor forward(Tensor x, int step)
    {
        using var scope = NewDisposeScope();
        return (weight * steps[Math.Min(step, steps.Count - 1)].call(x)).MoveToOuterDisposeScope();
    }
}
