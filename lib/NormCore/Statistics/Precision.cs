using static TorchSharp.torch;

namespace NormCore;

/// <summary>In which type statistics are computed: half types in float32, the others in their own.</summary>
/// <remarks>A sum of squares overflows float16 at 65504, and a bfloat16 mean of thousands of elements has two digits.</remarks>
internal static class Precision
{
    public static bool IsFloating(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    public static ScalarType OfStatistics(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : type;

    /// <summary>x in the type of its statistics; x itself where it has that type already.</summary>
    public static Tensor Widen(Tensor x)
    {
        var type = OfStatistics(x.dtype);
        return x.dtype == type ? x : x.to(type);
    }
}
