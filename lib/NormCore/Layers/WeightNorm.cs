using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>A linear or convolution layer whose weights are learned as length and direction, one of each per output: w = g v/‖v‖.</summary>
/// <remarks>
/// Salimans and Kingma 2016, arXiv:1602.07868v3, eq. 2, with ‖·‖ the Euclidean norm of all weights of one output, and PyTorch's names and
/// shapes. It begins as the function of the given layer; the paper's data-dependent start of g and the bias (section 3) is not made here.
/// </remarks>
public sealed class WeightNorm : nn.Module<Tensor, Tensor>
{
    private readonly WeightedLayer operation;

    /// <summary>The layer with v = W and g = ‖W‖. Its weight and bias are copied; the given layer stays as it is and is not kept.</summary>
    /// <param name="layer">A Linear, Conv1d or Conv2d, any stride, padding, dilation and groups.</param>
    /// <exception cref="ArgumentException">Another kind of layer, or an output whose weights are all 0.</exception>
    public WeightNorm(nn.Module<Tensor, Tensor> layer) : base(LayerParameters.Loaded(nameof(WeightNorm)))
    {
        (operation, var weight, var bias) = WeightedLayer.Of(layer, nameof(WeightNorm));
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            TensorCheck.IsFloating(weight, nameof(layer));
            var length = Length(weight);
            if ((length == 0).any().item<bool>())
                throw new ArgumentException("the weights of an output are all 0, and 0 has no direction v/‖v‖. Initialize the layer with other values.", nameof(layer));
            register_parameter("weight_g", LayerParameters.Learned(length.to(weight.dtype, copy: true)));
        }
        register_parameter("weight_v", WeightedLayer.Copy(weight));
        if (bias is not null) register_parameter("bias", WeightedLayer.Copy(bias));
    }

    /// <summary>g (outputs, 1, …), the lengths.</summary>
    public Parameter WeightG => get_parameter("weight_g")!;

    /// <summary>v (outputs, …), the directions, of any length but 0.</summary>
    public Parameter WeightV => get_parameter("weight_v")!;

    /// <summary>The bias (outputs), or null.</summary>
    public Parameter? Bias => get_parameter("bias");

    /// <summary>w = g v/‖v‖, each output's weights by their own length; NaN where v is 0.</summary>
    /// <param name="v">(outputs, …), floating point.</param>
    /// <param name="g">(outputs, 1, …).</param>
    /// <returns>The shape and type of v.</returns>
    /// <exception cref="ArgumentException">g of another shape or on another device, or v of an integer type or without axes to take a length over.</exception>
    public static Tensor Scale(Tensor v, Tensor g)
    {
        TensorCheck.IsFloating(v, nameof(v));
        TensorCheck.IsFloating(g, nameof(g));
        TensorCheck.IsBeside(v, g, nameof(g));
        var shape = v.shape;
        if (shape.Length < 2 || !g.shape.SequenceEqual([shape[0], .. Enumerable.Repeat(1L, shape.Length - 1)]))
            throw new ArgumentException(
                $"v has shape {TensorCheck.Text(shape)} and g {TensorCheck.Text(g.shape)}; v (outputs, …) of two axes or more and g (outputs, 1, …) are needed, one length per output.", nameof(g));
        using var scope = NewDisposeScope();
        var wide = Precision.Widen(v);
        return (wide * (g.to(wide.dtype) / Length(wide))).to(v.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The layer's output with w for its weight.</summary>
    /// <param name="x">What the wrapped layer takes: (*, inputs), (N, C, L) or (N, C, H, W).</param>
    /// <returns>The shape of the layer's output, in the type of x.</returns>
    /// <exception cref="ArgumentException">An input of a shape, type or device that does not fit the layer.</exception>
    public override Tensor forward(Tensor x)
    {
        operation.RequireInput(x, WeightV, Bias);
        using var scope = NewDisposeScope();
        return operation.Run(x, Scale(WeightV, WeightG), Bias).MoveToOuterDisposeScope();
    }

    private static Tensor Length(Tensor v) =>
        Precision.Widen(v).square().sum(Axes.AllBut(0, (int)v.dim()), keepdim: true).sqrt(); // (outputs, …) → (outputs, 1, …)
}
