using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>A linear or convolution layer whose standardized weights keep the variance of the signal: Ŵ = g κ/√n · (W − μ_W)/√(σ_W² + ε), n weights per output.</summary>
/// <remarks>
/// Brock, De and Smith 2021, arXiv:2101.08692v2: for independent inputs of variance 1 the output has variance g² κ², where κ undoes what
/// the activation before this layer did (√(2/(1 − 1/π)) for ReLU) and g is learned, one per output. They put no ε into the formula.
/// <see cref="WeightStandardization"/> is the plain form.
/// </remarks>
public sealed class ScaledWeightStandardization : nn.Module<Tensor, Tensor>
{
    private readonly WeightedLayer operation;

    /// <summary>The layer with g = 1. Its weight and bias are copied; the given layer stays as it is and is not kept.</summary>
    /// <param name="layer">A Linear, Conv1d or Conv2d with more than one weight per output, any stride, padding, dilation and groups.</param>
    /// <param name="activationGain">κ > 0, the constant of the activation (the paper's γ); 1 for none.</param>
    /// <param name="eps">ε ≥ 0, in units of W squared.</param>
    /// <exception cref="ArgumentException">Another kind of layer, one weight per output, or a hyperparameter out of range.</exception>
    public ScaledWeightStandardization(nn.Module<Tensor, Tensor> layer, double activationGain = 1, double eps = 1e-10)
        : base(LayerParameters.Loaded(nameof(ScaledWeightStandardization)))
    {
        HyperparameterCheck.Eps(eps);
        if (!(activationGain > 0 && double.IsFinite(activationGain)))
            throw new ArgumentOutOfRangeException(nameof(activationGain), activationGain, "activationGain scales every weight and must be a finite number > 0; √(2/(1 − 1/π)) after ReLU.");
        (operation, var weight, var bias) = WeightedLayer.Of(layer, nameof(ScaledWeightStandardization));
        WeightStandardization.RequireRows(weight);
        (ActivationGain, Eps) = (activationGain, eps);
        register_parameter("weight", WeightedLayer.Copy(weight));
        if (bias is not null) register_parameter("bias", WeightedLayer.Copy(bias));
        long[] perOutput = [weight.shape[0], .. Enumerable.Repeat(1L, (int)weight.dim() - 1)];
        register_parameter("gain", LayerParameters.Ones(perOutput, weight.dtype, weight.device));
    }

    /// <summary>κ.</summary>
    public double ActivationGain { get; }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>W (outputs, …), as it is learned, not standardized.</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <summary>The bias (outputs), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>g (outputs, 1, …).</summary>
    public Parameter Gain => get_parameter("gain")!;

    /// <summary>The layer's output with Ŵ for W.</summary>
    /// <param name="x">What the wrapped layer takes: (*, inputs), (N, C, L) or (N, C, H, W).</param>
    /// <returns>The shape of the layer's output, in the type of x.</returns>
    /// <exception cref="ArgumentException">An input of a shape, type or device that does not fit the layer.</exception>
    public override Tensor forward(Tensor x)
    {
        operation.RequireInput(x, Weight, Bias);
        TensorCheck.FitsInput(x, (Gain, "gain"));
        using var scope = NewDisposeScope();
        var fanIn = Weight.numel() / Weight.shape[0];
        var gamma = Precision.Widen(Gain).view(-1) * (ActivationGain / Math.Sqrt(fanIn)); // (outputs)
        var weight = Normalization.Apply(Weight, Axes.AllBut(0, (int)Weight.dim()), gamma, null, [0], Eps);
        return operation.Run(x, weight, Bias).MoveToOuterDisposeScope();
    }
}
