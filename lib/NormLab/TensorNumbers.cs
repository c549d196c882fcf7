using static TorchSharp.torch;

namespace NormLab;

/// <summary>The way from tensors to charts and tables.</summary>
public static class TensorNumbers
{
    /// <summary>All elements in row-major order, as float64.</summary>
    /// <param name="tensor">Any shape, type and device.</param>
    public static double[] Numbers(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }
}
