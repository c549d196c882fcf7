using System.Collections.Immutable;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>
/// The eigenvalues of E[x xᵀ] over the inputs x of a layer, descending: the curvature that a linear layer sees, (1/N)Σ xₙxₙᵀ, as they are,
/// with the mean of each feature taken out, and with each feature scaled to variance one as well.
/// </summary>
/// <remarks>LeCun, Bottou, Orr and Müller (1998), Efficient BackProp, sections 4.3 and 5.1.</remarks>
/// <param name="Raw">Of E[x xᵀ].</param>
/// <param name="Centred">Of the covariance.</param>
/// <param name="Standardized">Of the correlation; features that do not vary count as zero.</param>
public sealed record GramSpectrum(ImmutableArray<double> Raw, ImmutableArray<double> Centred, ImmutableArray<double> Standardized)
{
    /// <summary>The spectra of given vectors.</summary>
    /// <param name="rows">(N, D), one x per row.</param>
    public static GramSpectrum Of(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dim() != 2)
            throw new ArgumentException($"The rows have shape ({string.Join(", ", rows.shape)}); (N, D) is needed, one vector per row.", nameof(rows));
        using var scope = NewDisposeScope();
        var x = rows.detach().to(ScalarType.Float64).cpu();
        var centred = x - x.mean([0L], keepdim: true);
        var deviation = centred.square().mean([0L], keepdim: true).sqrt(); // (1, D)
        return new(Eigenvalues(x), Eigenvalues(centred), Eigenvalues((centred / deviation).nan_to_num(0, 0, 0)));
    }

    /// <summary>The spectra of what enters a convolution or linear layer of a network, in the mode that the network is in.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The name of a layer that takes (N, D), or of a convolution, whose x are the patches under its kernel.</param>
    /// <param name="images">The batch.</param>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public static GramSpectrum Of(nn.Module<Tensor, Tensor> network, string layer, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.named_modules().FirstOrDefault(child => child.name == layer).module is not nn.Module<Tensor, Tensor> module)
            throw new ArgumentException($"The network has no layer '{layer}'; it has {string.Join(", ", network.named_modules().Select(child => child.name))}.", nameof(layer));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var kept = new KeptBuffers(network);
        Tensor? rows = null;
        var hook = module.register_forward_hook((_, input, output) =>
        {
            rows = Rows(module, input);
            return output;
        });
        network.call(images);
        hook.remove();
        return Of(rows!);
    }

    private static ImmutableArray<double> Eigenvalues(Tensor x) =>
        [.. linalg.eigvalsh(x.t().mm(x) / x.shape[0]).Numbers().Reverse().Select(value => Math.Max(value, 0))];

    private static Tensor Rows(nn.Module layer, Tensor input)
    {
        if (layer is not Conv2d convolution)
            return input.detach().clone();
        var size = convolution.weight!.shape;
        var padding = convolution.padding is null ? 0 : convolution.padding[0];
        var patches = nn.functional.unfold(input, (size[2], size[3]), padding: (padding, padding)); // (N, D, L)
        return patches.transpose(1, 2).reshape(-1, patches.shape[1]); // (N·L, D)
    }
}
