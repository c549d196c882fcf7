using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Layer normalization: each sample by the mean and biased variance of its own last axes, y = γ (x − μ)/√(σ² + ε) + β.</summary>
/// <remarks>
/// Ba, Kiros and Hinton 2016, arXiv:1607.06450v1, eq. 4, with γ and β per element and ε under the root as in PyTorch, whose
/// parameter names it keeps. It does the same in training and evaluation.
/// </remarks>
public sealed partial class LayerNorm : nn.Module<Tensor, Tensor>
{
    private readonly long[] normalizedShape;

    /// <summary>A layer with γ = 1 and β = 0.</summary>
    /// <param name="normalizedShape">The lengths of the last axes of x, which share statistics.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <param name="elementwiseAffine">Whether γ (and β) are learned, one per element of the normalized shape.</param>
    /// <param name="bias">Whether β is learned beside γ.</param>
    /// <param name="device">Where the parameters live; torch's default device by default.</param>
    /// <param name="dtype">The type of the parameters; torch's default type by default.</param>
    /// <exception cref="ArgumentException">An empty shape, a length below 1, or a negative ε.</exception>
    public LayerNorm(long[] normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(LayerParameters.Loaded(nameof(LayerNorm)))
    {
        HyperparameterCheck.NormalizedShape(normalizedShape);
        HyperparameterCheck.Eps(eps);
        LayerParameters.RequireFloating(dtype);
        (this.normalizedShape, Eps) = ([.. normalizedShape], eps);
        if (!elementwiseAffine) return;
        register_parameter("weight", LayerParameters.Ones(normalizedShape, dtype, device));
        if (bias) register_parameter("bias", LayerParameters.Zeros(normalizedShape, dtype, device));
    }

    /// <summary>A layer over the last axis, of the given length.</summary>
    /// <inheritdoc cref="LayerNorm(long[], double, bool, bool, Device, ScalarType?)"/>
    public LayerNorm(long normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : this([normalizedShape], eps, elementwiseAffine, bias, device, dtype)
    {
    }

    /// <summary>The lengths of the normalized axes.</summary>
    public IReadOnlyList<long> NormalizedShape => normalizedShape;

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>γ in the normalized shape, or null.</summary>
    public Parameter? Weight => get_parameter("weight");

    /// <summary>β in the normalized shape, or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(*, normalized shape), floating point.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">The last axes of x are not the normalized shape, or its type or device is not the parameters'.</exception>
    public override Tensor forward(Tensor x)
    {
        RequireInput(x);
        using var scope = NewDisposeScope();
        var axes = Axes.Last(normalizedShape.Length, (int)x.dim());
        return Normalization.Apply(x, axes, Weight, Bias, axes, Eps).MoveToOuterDisposeScope();
    }

    private void RequireInput(Tensor x)
    {
        TensorCheck.EndsWith(x, normalizedShape, nameof(LayerNorm));
        TensorCheck.FitsInput(x, (Weight, "weight"), (Bias, "bias"));
    }
}
