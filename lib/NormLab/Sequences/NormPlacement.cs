using NormLab.Models;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>Where a Transformer normalizes: around each sublayer f, and whether at the start and the end of the stack.</summary>
/// <param name="Name">Its usual name.</param>
/// <param name="Around">Makes the residual step from a way to make a normalizer and f.</param>
/// <param name="AtStart">Whether the embedding is normalized.</param>
/// <param name="AtEnd">Whether the stream is normalized before the last linear map.</param>
public sealed record NormPlacement(
    string Name, Func<Func<nn.Module<Tensor, Tensor>>, nn.Module<Tensor, Tensor>, nn.Module<Tensor, Tensor>> Around, bool AtStart, bool AtEnd)
{
    /// <summary>x ← norm(x + f(x)), in the stream: Vaswani et al. 2017, arXiv:1706.03762v7, section 3.1. As BERT, it normalizes the embedding too.</summary>
    public static NormPlacement Post { get; } = new("Post-LN",
        (norm, f) => nn.Sequential(("sum", new ResidualBlock("sum", f, null)), ("norm", norm())), AtStart: true, AtEnd: false);

    /// <summary>x ← x + f(norm(x)), in the branch, and once more at the end: GPT-2; Xiong et al. 2020, arXiv:2002.04745v2, table 1.</summary>
    public static NormPlacement Pre { get; } = new("Pre-LN",
        (norm, f) => new ResidualBlock("step", nn.Sequential(("before", norm()), ("f", f)), null), AtStart: false, AtEnd: true);

    /// <summary>x ← x + norm(f(norm(x))), before and after the sublayer: Kim et al. 2025, arXiv:2502.02732v2, section 3.</summary>
    public static NormPlacement Peri { get; } = new("Peri-LN",
        (norm, f) => new ResidualBlock("step", nn.Sequential(("before", norm()), ("f", f), ("after", norm())), null), AtStart: true, AtEnd: true);
}
