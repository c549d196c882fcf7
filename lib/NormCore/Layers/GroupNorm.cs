using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Group normalization: each group of channels of each sample by its own mean and biased variance, y = γ (x − μ)/√(σ² + ε) + β.</summary>
/// <remarks>
/// Wu and He 2018, arXiv:1803.08494v3, eq. 1 to 7: S_i holds the elements of the same sample whose channels lie in the same group
/// ⌊c/(C/G)⌋. One group is layer norm over (C, *); C groups are instance norm. The same in training and evaluation, at any batch size.
/// </remarks>
public sealed partial class GroupNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer with γ = 1 and β = 0.</summary>
    /// <param name="numGroups">G, which divides C; 32 is usual.</param>
    /// <param name="numChannels">C, the number of channels.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="affine">Whether γ and β are learned, one per channel.</param>
    /// <param name="device">Where the parameters live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or G does not divide C.</exception>
    public GroupNorm(long numGroups, long numChannels, double eps = 1e-5, bool affine = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(GroupNorm)))
    {
        HyperparameterCheck.Size(numGroups, nameof(numGroups));
        HyperparameterCheck.Size(numChannels, nameof(numChannels));
        HyperparameterCheck.Eps(eps);
        LayerParameters.RequireFloating(dtype);
        if (numChannels % numGroups != 0)
            throw new ArgumentException(
                $"numChannels is {numChannels} and numGroups {numGroups}; the groups are of equal size, so numGroups must divide numChannels.", nameof(numGroups));
        (NumGroups, NumChannels, Eps) = (numGroups, numChannels, eps);
        if (affine) register_parameter("weight", LayerParameters.Ones([numChannels], dtype, device));
        if (affine) register_parameter("bias", LayerParameters.Zeros([numChannels], dtype, device));
    }

    /// <summary>G.</summary>
    public long NumGroups { get; }

    /// <summary>C.</summary>
    public long NumChannels { get; }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>γ (C), or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β (C), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(N, C, *), floating point.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">A wrong rank, number of channels, type or device, or a single value per group and sample in all.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        using var scope = NewDisposeScope();
        var (seen, axes) = Grouped(x);
        return Normalization.Apply(x, seen, axes, Weight, Bias, [1, 2], Eps).MoveToOuterDisposeScope();
    }

    // (N, C, *) seen as (N, G, C/G, *), and the axes of that which share statistics.
    private (long[] Seen, long[] Axes) Grouped(Tensor x)
    {
        var shape = Shape.Of(x);
        return ([shape[0], NumGroups, NumChannels / NumGroups, .. shape.AsSpan(2)], Axes.Last(shape.Length - 1, shape.Length + 1));
    }

    private void RequireInput(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var shape = Shape.Of(x);
        if (shape.Length < 2 || shape[1] != NumChannels)
            throw new ArgumentException(
                $"GroupNorm of {NumChannels} channels got an input of shape {TensorCheck.Text(shape)}; (N, {NumChannels}, *) is needed, channels on axis 1.", nameof(x));
        // As PyTorch: one value per group is refused for one sample, where nothing of x would be left.
        if (shape[0] == 1 && x.numel() == NumGroups)
            throw new ArgumentException(
                $"Expected more than 1 value per group, got input size {TensorCheck.Text(shape)} for {NumGroups} groups: the mean of one value is the value, and x − μ is 0 whatever x is. Use fewer groups.", nameof(x));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
    }
}
