using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>How the weights of convolutions and linear layers start; their biases start at zero.</summary>
public enum WeightInit
{
    /// <summary>Normal with variance 2/fan-in, which keeps the variance through ReLU: He et al. (2015), arXiv:1502.01852v1, eq. 10.</summary>
    He,

    /// <summary>Normal with variance 2/(fan-in + fan-out): Glorot and Bengio (2010), eq. 12.</summary>
    Glorot,
}

internal static class WeightInits
{
    private static void Apply(this WeightInit init, nn.Module layer, Generator generator)
    {
        var (weight, bias) = layer switch
        {
            Conv2d convolution => (convolution.weight!, convolution.bias),
            Linear linear => (linear.weight!, linear.bias),
            _ => (null, null),
        };
        if (weight is null)
            return;

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weight.copy_(randn(weight.shape, generator: generator) * Math.Sqrt(Variance(init, weight.shape)));
        bias?.zero_();
    }

    /// <summary>The layers in a row, with initial weights that depend on the seed and on the shapes alone.</summary>
    public static Sequential Initialized(this WeightInit init, List<(string, nn.Module<Tensor, Tensor>)> layers, int seed)
    {
        using var generator = new Generator((ulong)seed);
        foreach (var (_, layer) in layers)
            init.Apply(layer, generator);
        return nn.Sequential(layers);
    }

    // Shape (out, in, *kernel).
    private static double Variance(WeightInit init, long[] shape)
    {
        var kernel = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        var (fanIn, fanOut) = (shape[1] * kernel, shape[0] * kernel);
        return init == WeightInit.He ? 2.0 / fanIn : 2.0 / (fanIn + fanOut);
    }
}
