using System.Collections.Immutable;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Family;

/// <summary>Which elements of its input a layer ties together, found from its Jacobian J = ∂y/∂x and not from its definition.</summary>
/// <param name="SetOf">For each element of x, in row-major order, the number of its set, counted from 0 in order of appearance.</param>
/// <param name="LostDirections">The directions of x that do not change y, which is how many columns the rank of J lacks.</param>
/// <remarks>
/// Element j belongs to the set of element i when ∂yᵢ/∂xⱼ is not zero. A normalizer with ε = 0 loses two directions in each set, the shift
/// and the stretch, or one where no mean is subtracted.
/// </remarks>
public sealed record SharedSets(ImmutableArray<int> SetOf, int LostDirections)
{
    // Entries and singular values are of order 1 beside roundings of 1e-16.
    private const double Zero = 1e-9;

    /// <summary>The number of sets.</summary>
    public int Count => SetOf.Distinct().Count();

    /// <summary>Measures it at one input; the layer is afterwards what it was.</summary>
    /// <param name="layer">Keeps the shape of its input; parameters in float64.</param>
    /// <param name="x">A random input in float64, for which no derivative is zero by chance; every set needs three elements or more.</param>
    /// <param name="training">Whether the layer uses the statistics of the batch (training mode).</param>
    /// <exception cref="ArgumentException">The pattern of J is no partition: the layer does something else than to share statistics.</exception>
    public static SharedSets Of(nn.Module<Tensor, Tensor> layer, Tensor x, bool training)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var jacobian = Jacobian(layer, x, training);
        var size = (int)x.numel();
        var linked = (jacobian.abs() > Zero * jacobian.abs().max()).Numbers();
        var sets = new int[size];
        for (var (i, next) = (0, 0); i < size; i++)
        {
            var first = Enumerable.Range(0, size).First(j => linked[i * size + j] > 0);
            sets[i] = first < i ? sets[first] : next++;
        }

        for (var k = 0; k < linked.Length; k++)
        {
            if (linked[k] > 0 != (sets[k / size] == sets[k % size]))
                throw new ArgumentException($"Outputs {k / size} and {k % size} depend on sets of inputs that overlap and differ, so the layer is no normalizer over disjoint sets.", nameof(layer));
        }

        var singular = linalg.svdvals(jacobian).Numbers();
        return new([.. sets], singular.Count(value => value <= Zero * singular[0]));
    }

    private static Tensor Jacobian(nn.Module<Tensor, Tensor> layer, Tensor x, bool training)
    {
        using var kept = KeptState.Of(layer);
        layer.train(training);
        var input = x.detach().clone().requires_grad_();
        var y = layer.call(input).flatten();
        return stack([.. Enumerable.Range(0, (int)x.numel()).Select(i => autograd.grad([y[i]], [input], retain_graph: true)[0].flatten())]);
    }
}
