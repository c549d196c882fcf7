using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>A small causal language model: embeddings, blocks of attention and a two-layer perceptron on a residual stream, a linear head.</summary>
public static class TinyGpt
{
    /// <summary>
    /// Weights start normal with variance 1/fan-in and biases at zero; the embeddings of character and position have variance ½ each, so that the
    /// stream starts with mean square 1. Networks of one seed and one shape start from the same weights, whatever normalizes and where.
    /// </summary>
    /// <param name="norm">Makes the layer that normalizes (N, T, D) from D; null for none.</param>
    /// <param name="placement">Where it stands.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="characters">V, how many different characters there are.</param>
    /// <param name="depth">The number of blocks. Block b has the residual steps <c>attention{b}</c> and <c>mlp{b}</c>.</param>
    /// <param name="width">D.</param>
    /// <param name="context">The longest T.</param>
    /// <param name="heads">How many heads share D.</param>
    /// <returns>A module from (N, T) of int64 to logits (N, V, T), on the CPU.</returns>
    public static Sequential Network(
        Func<int, nn.Module<Tensor, Tensor>>? norm, NormPlacement placement, int seed, int characters, int depth = 4, int width = 32, int context = 32, int heads = 2)
    {
        ArgumentNullException.ThrowIfNull(placement);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("embedding", new TokenEmbedding(characters, context, width)) };
        if (placement.AtStart && norm is not null)
            layers.Add(("start", Norm()));
        for (var block = 1; block <= depth; block++)
        {
            layers.Add(($"attention{block}", placement.Around(Norm, new CausalAttention(width, heads))));
            layers.Add(($"mlp{block}", placement.Around(Norm, Perceptron(width))));
        }

        if (placement.AtEnd && norm is not null)
            layers.Add(("end", Norm()));
        layers.Add(("head", new LanguageHead(width, characters)));
        return Started(nn.Sequential(layers), seed);

        nn.Module<Tensor, Tensor> Norm() => norm is null ? nn.Identity() : norm(width);
    }

    private static Sequential Perceptron(int width) =>
        nn.Sequential(("read", nn.Linear(width, 4 * width)), ("relu", nn.ReLU()), ("write", nn.Linear(4 * width, width)));

    private static Sequential Started(Sequential network, int seed)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var generator = new Generator((ulong)seed);
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() == 2)
                parameter.copy_(randn(parameter.shape, generator: generator) * Math.Sqrt(name.StartsWith("embedding", StringComparison.Ordinal) ? 0.5 : 1.0 / parameter.shape[1]));
            else if (name.EndsWith("write.bias", StringComparison.Ordinal) || name.EndsWith("read.bias", StringComparison.Ordinal))
                parameter.zero_();
        }

        return network;
    }
}

/// <summary>The embedding of the character plus that of its position, (N, T) to (N, T, D).</summary>
internal sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Embedding character, position;

    public TokenEmbedding(int characters, int context, int width) : base(nameof(TokenEmbedding))
    {
        (character, position) = (nn.Embedding(characters, width), nn.Embedding(context, width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return (character.call(x) + position.call(arange(x.shape[1], device: x.device))).MoveToOuterDisposeScope();
    }
}

/// <summary>(N, T, D) to logits (N, V, T), the order of axes that the cross-entropy takes.</summary>
internal sealed class LanguageHead : nn.Module<Tensor, Tensor>
{
    private readonly Linear linear;

    public LanguageHead(int width, int characters) : base(nameof(LanguageHead))
    {
        linear = nn.Linear(width, characters, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return linear.call(x).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
