using NormCore.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Fresh parameters and statistics of layers.</summary>
internal static class LayerParameters
{
    public static Parameter Ones(long[] shape, ScalarType? dtype, Device? device) => Learned(ones(shape, dtype, device));

    public static Parameter Zeros(long[] shape, ScalarType? dtype, Device? device) => Learned(zeros(shape, dtype, device));

    /// <summary>A parameter that belongs to its layer, not to the dispose scope in which the layer happens to be made.</summary>
    public static Parameter Learned(Tensor values)
    {
        var parameter = new Parameter(values);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>The name, once libtorch is loaded: a layer's base constructor is its first use, and TorchSharp's own message on failure misleads.</summary>
    public static string Loaded(string layer)
    {
        NativeTorch.Load();
        return layer;
    }

    /// <summary>The type of parameters is null (torch's default) or floating.</summary>
    public static void RequireFloating(ScalarType? dtype)
    {
        if (dtype is { } type && !Precision.IsFloating(type))
            throw new ArgumentException($"dtype is {type}; parameters need float16, bfloat16, float32 or float64.", nameof(dtype));
    }
}
