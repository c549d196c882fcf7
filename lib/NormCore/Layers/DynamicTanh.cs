using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Dynamic tanh, which takes the place of a normalization and shares no statistics at all: y = γ tanh(α x) + β.</summary>
/// <remarks>
/// Zhu, Chen, He, LeCun and Liu 2025, arXiv:2503.10622v1, section 4: α is one learned number, γ and β have one value per channel, as the
/// parameters of a layer norm do. Each element is alone in its set; the layer does the same in training and evaluation.
/// </remarks>
public sealed class DynamicTanh : nn.Module<Tensor, Tensor>
{
    private readonly long[] normalizedShape;

    /// <summary>A layer with γ = 1, β = 0 and the given α.</summary>
    /// <param name="normalizedShape">The lengths of the last axes of x, on which γ and β live.</param>
    /// <param name="alpha">α at the start, in units of 1/x.</param>
    /// <param name="elementwiseAffine">Whether γ and β are learned, one per element of the normalized shape.</param>
    /// <param name="device">Where the parameters live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">An empty shape, a length below 1, or an α that is not finite.</exception>
    public DynamicTanh(long[] normalizedShape, double alpha = 0.5, bool elementwiseAffine = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(DynamicTanh)))
    {
        HyperparameterCheck.NormalizedShape(normalizedShape);
        LayerParameters.RequireFloating(dtype);
        this.normalizedShape = [.. normalizedShape];
        var type = dtype ?? get_default_dtype();
        HyperparameterCheck.Finite(alpha, type, nameof(alpha));
        register_parameter("alpha", LayerParameters.Learned(full([1], alpha, type, device)));
        if (!elementwiseAffine) return;
        register_parameter("weight", LayerParameters.Ones(normalizedShape, dtype, device));
        register_parameter("bias", LayerParameters.Zeros(normalizedShape, dtype, device));
    }

    /// <summary>A layer over the last axis, of the given length.</summary>
    /// <inheritdoc cref="DynamicTanh(long[], double, bool, Device, ScalarType?)"/>
    public DynamicTanh(long normalizedShape, double alpha = 0.5, bool elementwiseAffine = true, Device? device = null, ScalarType? dtype = null)
        : this([normalizedShape], alpha, elementwiseAffine, device, dtype)
    {
    }

    /// <summary>The lengths of the axes on which γ and β live.</summary>
    public IReadOnlyList<long> NormalizedShape => normalizedShape;

    /// <summary>α (1).</summary>
    public Parameter Alpha => get_parameter("alpha")!;

    /// <summary>γ in the normalized shape, or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β in the normalized shape, or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>Squashes x.</summary>
    /// <param name="x">(*, normalized shape), floating point.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">The last axes of x are not the normalized shape, or its type or device is not the parameters'.</exception>
    public override Tensor forward(Tensor x)
    {
        TensorCheck.EndsWith(x, normalizedShape, nameof(DynamicTanh));
        TensorCheck.FitsInput(x, (Alpha, "alpha"), (Weight, "weight"), (Bias, "bias"));
        using var scope = NewDisposeScope();
        var wide = Precision.Widen(x);
        var squashed = (Alpha.to(wide.dtype) * wide).tanh();
        var axes = Axes.Last(normalizedShape.Length, (int)x.dim());
        return Normalization.Affine(squashed, Weight, Bias, axes).to(x.dtype).MoveToOuterDisposeScope();
    }
}
