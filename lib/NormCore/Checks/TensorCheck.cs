using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Checks;

/// <summary>Refuses tensors that native code would refuse less clearly, or not at all. Reads only metadata: no copy, no synchronization.</summary>
internal static class TensorCheck
{
    /// <summary>x is there, alive, of a floating type and has values.</summary>
    public static void IsFloating(Tensor? x, string name)
    {
        IsAlive(x, name);
        if (x!.device_type == DeviceType.META)
            throw new ArgumentException($"{name} is on the meta device, where tensors have a shape but no values to take statistics of. Give one on cpu or cuda.", name);
        if (!Precision.IsFloating(x.dtype))
            throw new ArgumentException(
                $"{name} is a tensor of {x.dtype}; float16, bfloat16, float32 or float64 is needed, since means and variances are fractions. Convert it, e.g. x.to(ScalarType.Float32).", name);
    }

    /// <summary>Parameters and statistics fit x: same device, and same type; beside a half-precision x float32 is welcome too.</summary>
    public static void FitsInput(Tensor x, params ReadOnlySpan<(Tensor? Tensor, string Name)> owned)
    {
        foreach (var (tensor, name) in owned)
            if (tensor is not null)
                FitsInput(x, tensor, name);
    }

    /// <summary>A parameter or statistic is there, alive and on the device of x.</summary>
    public static void IsBeside(Tensor x, Tensor? parameter, string name)
    {
        IsAlive(parameter, name);
        if (parameter!.device_type != x.device_type || parameter.device_index != x.device_index)
            throw new ArgumentException(
                $"the input is on {x.device} and {name} on {parameter.device}; both must be on one device. Move the layer with layer.to(device) or the input with x.to(device).", nameof(x));
    }

    /// <summary>Another input has the shape, type and device of x.</summary>
    public static void IsLike(Tensor x, Tensor? other, string name)
    {
        IsBeside(x, other, name);
        if (other!.dtype != x.dtype)
            throw new ArgumentException($"x is {x.dtype} and {name} {other.dtype}; they are added, so they must have one type. Convert one of them with .to(dtype).", name);
        if (!other.shape.SequenceEqual(x.shape))
            throw new ArgumentException($"x has shape {Text(x.shape)} and {name} {Text(other.shape)}; they are added element by element, and nothing is broadcast. Expand {name} to the shape of x.", name);
    }

    private static void FitsInput(Tensor x, Tensor parameter, string name)
    {
        IsBeside(x, parameter, name);
        if (parameter.dtype != x.dtype && parameter.dtype != Precision.OfStatistics(x.dtype))
            throw new ArgumentException(
                $"the input is {x.dtype} and {name} {parameter.dtype}; they must agree (a half-precision input may meet float32 parameters). Convert one of them with .to(dtype).", nameof(x));
    }

    /// <summary>x is floating and its last axes are the normalized shape of the layer.</summary>
    public static void EndsWith(Tensor? x, long[] normalizedShape, string layer)
    {
        IsFloating(x, nameof(x));
        var shape = Shape.Of(x!);
        if (!shape.AsSpan(Math.Max(0, shape.Length - normalizedShape.Length)).SequenceEqual(normalizedShape))
            throw new ArgumentException(
                $"{layer} of normalizedShape {Text(normalizedShape)} got an input of shape {Text(shape)}; its last axes must be exactly those, since its parameters have one value for each element.", nameof(x));
    }

    /// <summary>The shape as people write it: (N, C) of 4 x 3 is [4, 3].</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    public static void IsAlive(Tensor? tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.IsInvalid)
            throw new ObjectDisposedException(name, $"the tensor {name} is disposed. Did its DisposeScope end? Keep it with MoveToOuterDisposeScope().");
    }
}
