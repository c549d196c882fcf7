using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>Which positions of a language model's output depend on which characters of its input, found by changing them.</summary>
public static class FutureInfluence
{
    /// <summary>Changes one character at a time, in every sequence of the batch, and looks at all outputs. The network stays in the mode it is in.</summary>
    /// <param name="network">A module from (N, T) to logits (N, V, T).</param>
    /// <param name="characters">(N, T) of int64.</param>
    /// <param name="count">V; a character c is changed to c + 1, the last to 0.</param>
    /// <returns>In row t and column s the largest change of a logit of position t when character s changes; above the diagonal, s &gt; t, is the future.</returns>
    public static double[,] Of(nn.Module<Tensor, Tensor> network, Tensor characters, int count)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(characters);
        if (characters.dim() != 2)
            throw new ArgumentException($"Characters of shape (N, T) are needed; the tensor has {characters.dim()} axes.", nameof(characters));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var length = (int)characters.shape[1];
        var before = network.call(characters);
        var influence = new double[length, length];
        for (var s = 0; s < length; s++)
        {
            using var inner = NewDisposeScope();
            var changed = characters.clone();
            changed.select(1, s).add_(1).remainder_(count);
            var moved = (network.call(changed) - before).abs().amax([0, 1]).Numbers(); // (T)
            for (var t = 0; t < length; t++)
                influence[t, s] = moved[t];
        }

        return influence;
    }

    /// <summary>The largest entry above the diagonal: 0 for a causal model.</summary>
    public static double OfTheFuture(double[,] influence)
    {
        ArgumentNullException.ThrowIfNull(influence);
        var length = influence.GetLength(0);
        return (from t in Enumerable.Range(0, length) from s in Enumerable.Range(t + 1, length - t - 1) select influence[t, s]).DefaultIfEmpty().Max();
    }
}
