using Plotly.NET;

namespace NormLab.Charts.Drawing;

/// <summary>Builds plotly's nested objects from their property names; a property that is null is left out.</summary>
internal static class PlotlyObject
{
    public static DynamicObj.DynamicObj Of(params IEnumerable<(string Name, object? Value)> properties) =>
        new DynamicObj.DynamicObj().With(properties);

    public static Trace Trace(string type, params IEnumerable<(string Name, object? Value)> properties) =>
        new Trace(type).With(properties);

    public static Layout Layout(params IEnumerable<(string Name, object? Value)> properties) =>
        new Layout().With(properties);

    private static T With<T>(this T target, IEnumerable<(string Name, object? Value)> properties)
        where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in properties)
        {
            if (value is not null)
                target.SetProperty(name, value);
        }

        return target;
    }
}
