using System.Collections.Immutable;
using NormLab.Curvature;
using static TorchSharp.torch;

namespace NormLab.Landscape;

/// <summary>The loss on a plane through the weights: L(w + a d₁ + b d₂).</summary>
/// <remarks>The two-dimensional plots of Li, Xu, Taylor, Studer and Goldstein (2018), arXiv:1712.09913v3, section 2, usually with <see cref="FilterNormalizedDirection"/>.</remarks>
/// <param name="Coordinates">The values of a and of b.</param>
/// <param name="Losses">The losses, row by b and column by a; NaN where they are not known yet.</param>
public sealed record LossSurface(ImmutableArray<double> Coordinates, double[,] Losses)
{
    /// <summary>Evaluates the loss at every pair of coordinates. Nothing about the network changes.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="loss">The loss of one batch at the network's weights of the moment.</param>
    /// <param name="first">d₁, (P).</param>
    /// <param name="second">d₂, (P).</param>
    /// <param name="coordinates">The values of a and of b; 0 is the network itself.</param>
    /// <param name="mode">Which function of the weights.</param>
    /// <param name="progress">Gets the number of rows that are known, after each, and the surface with NaN for the rest: for <see cref="Charts.LiveChart"/>.</param>
    /// <exception cref="ArgumentException">A direction has not one entry per weight.</exception>
    public static LossSurface Of(nn.Module network, Func<Tensor> loss, Tensor first, Tensor second, IReadOnlyList<double> coordinates, NetworkMode mode,
        Action<int, LossSurface>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(coordinates);
        var space = new WeightSpace(network, loss, mode);
        var losses = new double[coordinates.Count, coordinates.Count];
        for (var i = 0; i < losses.Length; i++)
            losses[i / coordinates.Count, i % coordinates.Count] = double.NaN;
        for (var row = 0; row < coordinates.Count; row++)
        {
            for (var column = 0; column < coordinates.Count; column++)
            {
                using var scope = NewDisposeScope();
                losses[row, column] = space.LossAt(first * coordinates[column] + second * coordinates[row]);
            }

            progress?.Invoke(row + 1, new([.. coordinates], (double[,])losses.Clone()));
        }

        return new([.. coordinates], losses);
    }
}
