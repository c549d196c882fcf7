using System.Globalization;
using System.Runtime.InteropServices;
using NormLab.Rendering;

namespace NormLab.Charts.Drawing;

/// <summary>
/// Numbers as plotly.js reads them since 2.28: <c>{"dtype":"f4","bdata":"…","shape":"r, c"}</c>, little-endian in
/// base64. One line in a notebook's diff instead of one per number.
/// </summary>
internal static class TypedArray
{
    public static DynamicObj.DynamicObj Of(IEnumerable<double> values) => Of([.. values], shape: null);

    public static DynamicObj.DynamicObj Of(double[,] values) =>
        Of([.. values.Cast<double>()], string.Create(CultureInfo.InvariantCulture, $"{values.GetLength(0)}, {values.GetLength(1)}"));

    private static DynamicObj.DynamicObj Of(double[] values, string? shape)
    {
        var rounded = Array.ConvertAll(values, SixDigits);
        var single = Array.TrueForAll(rounded, FitsSingle);
        return PlotlyObject.Of(
            ("dtype", single ? "f4" : "f8"),
            ("bdata", single ? Base64(Array.ConvertAll(rounded, value => (float)value)) : Base64(rounded)),
            ("shape", shape));
    }

    // The last digits of a sum differ between processors; the bytes of a chart should not.
    private static double SixDigits(double value) => double.Parse(Cell.Number(value), CultureInfo.InvariantCulture);

    private static bool FitsSingle(double value) =>
        !double.IsFinite(value) || value == 0 || Math.Abs(value) is > 1.2e-38 and < 3.4e38;

    // Every platform that .NET 10 and libtorch share is little-endian.
    private static string Base64<T>(T[] values) where T : struct =>
        Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()));
}
