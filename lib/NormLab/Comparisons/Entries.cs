using static TorchSharp.torch;

namespace NormLab.Comparisons;

/// <summary>Numbers of any origin as float64, which holds every float32 and half exactly.</summary>
/// <param name="Values">The entries in row-major order.</param>
/// <param name="Shape">The shape; empty for one number.</param>
/// <param name="Tolerance">What counts as close in the type the numbers came in, relative to the largest entry.</param>
internal sealed record Entries(double[] Values, long[] Shape, double Tolerance)
{
    public static Entries Of(string name, object? value) => value switch
    {
        Tensor tensor => Of(tensor),
        double number => new([number], [], Double),
        float number => new([number], [], Single),
        int number => new([number], [], Double),
        double[] numbers => new(numbers, [numbers.Length], Double),
        float[] numbers => new(Array.ConvertAll(numbers, number => (double)number), [numbers.Length], Single),
        null => throw new ArgumentException($"'{name}' is null. A gradient is null until backward() has run, and for tensors that require none."),
        _ => throw new ArgumentException($"'{name}' is a {value.GetType().Name}; a tensor, a number or an array of numbers can be compared."),
    };

    public string IndexOf(int flat)
    {
        var index = new long[Shape.Length];
        for (var (axis, rest) = (Shape.Length - 1, (long)flat); axis >= 0; rest /= Shape[axis], axis--)
            index[axis] = rest % Shape[axis];
        return $"[{string.Join(", ", index)}]";
    }

    // About a thousand roundings of the type: sums over a batch lose two to three digits.
    private const double Double = 1e-10;
    private const double Single = 1e-5;
    private const double Half = 1e-2;

    private static Entries Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        return new(values, tensor.shape, tensor.dtype switch
        {
            ScalarType.Float32 => Single,
            ScalarType.Float16 or ScalarType.BFloat16 => Half,
            _ => Double,
        });
    }
}
