using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>A linear or convolution layer that runs with its weight standardized, one set of statistics for the weights of each output: Ŵ = (W − μ_W)/√(σ_W² + ε).</summary>
/// <remarks>
/// Qiao, Wang, Liu, Shen and Yuille 2019, arXiv:1903.10520v2. The one operation of this library on a weight: S_i holds the weights of one
/// output, so the axes are all but 0. It is learned through: gradients reach W. The bias is not touched. The same in training and
/// evaluation. For variances near 1/fan-in an ε of 1e-5 would be felt, hence the smaller default.
/// </remarks>
public sealed class WeightStandardization : nn.Module<Tensor, Tensor>
{
    private readonly WeightedLayer operation;

    /// <summary>The layer with standardized weights. Its weight and bias are copied; the given layer stays as it is and is not kept.</summary>
    /// <param name="layer">A Linear, Conv1d or Conv2d with more than one weight per output, any stride, padding, dilation and groups.</param>
    /// <param name="eps">ε ≥ 0, in units of W squared.</param>
    /// <exception cref="ArgumentException">Another kind of layer, one weight per output, or ε out of range.</exception>
    public WeightStandardization(nn.Module<Tensor, Tensor> layer, double eps = 1e-10) : base(LayerParameters.Loaded(nameof(WeightStandardization)))
    {
        HyperparameterCheck.Eps(eps);
        (operation, var weight, var bias) = WeightedLayer.Of(layer, nameof(WeightStandardization));
        RequireRows(weight);
        Eps = eps;
        register_parameter("weight", WeightedLayer.Copy(weight));
        if (bias is not null) register_parameter("bias", WeightedLayer.Copy(bias));
    }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>W (outputs, …), as it is learned, not standardized.</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <summary>The bias (outputs), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>Ŵ = (W − μ_W)/√(σ_W² + ε), each output's weights by their own mean and biased variance.</summary>
    /// <param name="weight">W (outputs, …), floating point, more than one weight per output.</param>
    /// <param name="eps">ε ≥ 0, in units of W squared.</param>
    /// <returns>The shape and type of W.</returns>
    /// <exception cref="ArgumentException">One weight per output, an integer type, ε out of range, or ε = 0 where the weights of an output are equal.</exception>
    public static Tensor Standardize(Tensor weight, double eps = 1e-10)
    {
        RequireRows(weight);
        return Normalization.Normalize(weight, Axes.AllBut(0, (int)weight.dim()), eps);
    }

    /// <summary>The layer's output with Ŵ for W.</summary>
    /// <param name="x">What the wrapped layer takes: (*, inputs), (N, C, L) or (N, C, H, W).</param>
    /// <returns>The shape of the layer's output, in the type of x.</returns>
    /// <exception cref="ArgumentException">An input of a shape, type or device that does not fit the layer.</exception>
    public override Tensor forward(Tensor x)
    {
        operation.RequireInput(x, Weight, Bias);
        using var scope = NewDisposeScope();
        return operation.Run(x, Standardize(Weight, Eps), Bias).MoveToOuterDisposeScope();
    }

    internal static void RequireRows(Tensor weight)
    {
        TensorCheck.IsFloating(weight, nameof(weight));
        var shape = weight.shape;
        if (shape.Length < 2 || shape.Skip(1).Aggregate(1L, (product, length) => product * length) == 1)
            throw new ArgumentException(
                $"a weight of shape {TensorCheck.Text(shape)} has one weight per output; more are needed, since the mean of one weight is the weight and W − μ is 0 whatever it is.", nameof(weight));
    }
}
