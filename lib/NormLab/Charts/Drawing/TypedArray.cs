using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using NormLab.Rendering;

namespace NormLab.Charts.Drawing;

/// <summary>
/// Numbers as plotly.js reads them since 2.28: <c>{"dtype":"f4","bdata":"…","shape":"r, c"}</c>, little-endian in
/// base64. One line in a notebook's diff instead of one per number, and a byte per number where steps are counted.
/// </summary>
internal static class TypedArray
{
    public static DynamicObj.DynamicObj Of(IEnumerable<double> values) => Of([.. values], shape: null);

    public static DynamicObj.DynamicObj Of(double[,] values) =>
        Of([.. values.Cast<double>()], string.Create(CultureInfo.InvariantCulture, $"{values.GetLength(0)}, {values.GetLength(1)}"));

    private static DynamicObj.DynamicObj Of(double[] values, string? shape)
    {
        var (type, data) = Smallest(Array.ConvertAll(values, SixDigits));
        return PlotlyObject.Of(("dtype", type), ("bdata", data), ("shape", shape));
    }

    private static (string Type, string Data) Smallest(double[] values) =>
        Whole<byte>(values) is { } u1 ? ("u1", u1)
        : Whole<sbyte>(values) is { } i1 ? ("i1", i1)
        : Whole<ushort>(values) is { } u2 ? ("u2", u2)
        : Whole<short>(values) is { } i2 ? ("i2", i2)
        : Array.TrueForAll(values, FitsSingle) ? ("f4", Base64(Array.ConvertAll(values, value => (float)value)))
        : ("f8", Base64(values));

    private static string? Whole<T>(double[] values)
        where T : struct, INumberBase<T> =>
        Array.TrueForAll(values, value => double.CreateChecked(T.CreateSaturating(value)) == value) ? Base64(Array.ConvertAll(values, T.CreateSaturating)) : null;

    // The last digits of a sum differ between processors; the bytes of a chart should not.
    private static double SixDigits(double value) => double.Parse(Cell.Number(value), CultureInfo.InvariantCulture);

    private static bool FitsSingle(double value) =>
        !double.IsFinite(value) || value == 0 || Math.Abs(value) is > 1.2e-38 and < 3.4e38;

    // Every platform that .NET 10 and libtorch share is little-endian.
    private static string Base64<T>(T[] values) where T : struct =>
        Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()));
}
