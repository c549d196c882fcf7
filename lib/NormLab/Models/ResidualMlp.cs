using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>x ← x + f(x) from block to block, the residual stream, on vectors of one width.</summary>
public static class ResidualMlp
{
    /// <summary>
    /// A linear stem, then blocks x + α·linear(ReLU(norm(x))), the linear layer from He's start, then normalization and a linear head.
    /// A branch so has the mean square α² of what it normalizes, which is 1 whatever x is, or without normalization that of x itself.
    /// </summary>
    /// <param name="norm">Makes the layer that normalizes (N, D) from D; null for none.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="blocks">The number of blocks, named block1, block2, …, whose branches are named branch.</param>
    /// <param name="width">D.</param>
    /// <param name="inputs">The pixels of an image.</param>
    /// <param name="branchScale">α at the start; null for no α. With 0 and no normalization it is SkipInit, De and Smith 2020, arXiv:2002.10444v3, section 4.</param>
    /// <returns>A module from (N, *) to logits (N, 10), on the CPU.</returns>
    public static nn.Module<Tensor, Tensor> Network(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, int blocks = 20, int width = 64, int inputs = 28 * 28, double? branchScale = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("flatten", nn.Flatten()), ("stem", nn.Linear(inputs, width)) };
        var bodies = new List<nn.Module<Tensor, Tensor>>();
        for (var block = 1; block <= blocks; block++)
        {
            var linear = ($"linear{block}", (nn.Module<Tensor, Tensor>)nn.Linear(width, width));
            var start = WeightInit.He.Initialized([linear], unchecked(seed * 1000 + block));
            bodies.Add(norm is null ? nn.Sequential(nn.ReLU(), start) : nn.Sequential(norm(width), nn.ReLU(), start));
            layers.Add(($"block{block}", new ResidualBlock($"block{block}", bodies[^1], branchScale)));
        }

        if (norm is not null)
            layers.Add(("norm", norm(width)));
        layers.Add(("linear", nn.Linear(width, 10)));
        return WeightInit.He.Initialized(layers, seed);
    }
}

/// <summary>x + α·branch(x), with α learned where it is given.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> branch;
    private readonly TorchSharp.Modules.Parameter? alpha;

    public ResidualBlock(string name, nn.Module<Tensor, Tensor> branch, double? scale) : base(name)
    {
        this.branch = branch;
        if (scale is { } value)
        {
            alpha = nn.Parameter(tensor((float)value));
            alpha.DetachFromDisposeScope();
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = branch.call(x);
        return (x + (alpha is null ? y : alpha * y)).MoveToOuterDisposeScope();
    }
}
