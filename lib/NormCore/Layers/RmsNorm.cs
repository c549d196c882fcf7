using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>RMS normalization: each sample by the root mean square of its own last axes, y = γ x/√(1/m Σ xᵢ² + ε); nothing is subtracted.</summary>
/// <remarks>
/// Zhang and Sennrich 2019, arXiv:1910.07467v1, eq. 4, with ε under the root and its default as in PyTorch, whose parameter name it keeps.
/// It does the same in training and evaluation. x is scaled before it is squared, so that the result is finite where the exact one is.
/// </remarks>
public sealed partial class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly long[] normalizedShape;

    /// <summary>A layer with γ = 1.</summary>
    /// <param name="normalizedShape">The lengths of the last axes of x, which share statistics.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared; null for the machine epsilon of x's type (1.2e-7 for float32, 0.0078 for bfloat16).</param>
    /// <param name="elementwiseAffine">Whether γ is learned, one per element of the normalized shape.</param>
    /// <param name="device">Where the parameter lives; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameter; torch's default type by default.</param>
    /// <exception cref="ArgumentException">An empty shape, a length below 1, or a negative ε.</exception>
    public RmsNorm(long[] normalizedShape, double? eps = null, bool elementwiseAffine = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(RmsNorm)))
    {
        HyperparameterCheck.NormalizedShape(normalizedShape);
        HyperparameterCheck.Eps(eps ?? 0);
        LayerParameters.RequireFloating(dtype);
        (this.normalizedShape, Eps) = ([.. normalizedShape], eps);
        if (elementwiseAffine) register_parameter("weight", LayerParameters.Ones(normalizedShape, dtype, device));
    }

    /// <summary>A layer over the last axis, of the given length.</summary>
    /// <inheritdoc cref="RmsNorm(long[], double?, bool, Device, ScalarType?)"/>
    public RmsNorm(long normalizedShape, double? eps = null, bool elementwiseAffine = true, Device? device = null, ScalarType? dtype = null)
        : this([normalizedShape], eps, elementwiseAffine, device, dtype)
    {
    }

    /// <summary>The lengths of the normalized axes.</summary>
    public IReadOnlyList<long> NormalizedShape => normalizedShape;

    /// <summary>ε, or null for the machine epsilon of the input's type.</summary>
    public double? Eps { get; }

    /// <summary>γ in the normalized shape, or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(*, normalized shape), floating point.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">The last axes of x are not the normalized shape, or its type or device is not the parameter's.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        using var scope = NewDisposeScope();
        var axes = Axes.Last(normalizedShape.Length, (int)x.dim());
        return Normalization.ApplyRms(x, axes, Weight, axes, Eps ?? finfo(x.dtype).eps).MoveToOuterDisposeScope();
    }

    private void RequireInput(Tensor x)
    {
        TensorCheck.EndsWith(x, normalizedShape, nameof(RmsNorm));
        TensorCheck.FitsInput(x, (Weight, "weight"));
    }
}
