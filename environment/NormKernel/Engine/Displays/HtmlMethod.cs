namespace NormKernel.Engine.Displays;

/// <summary>Values that say what they look like in HTML: those with a <c>string ToHtml()</c>.</summary>
public static class HtmlMethod
{
    public static string? Call(object value) =>
        value.GetType().GetMethod("ToHtml", Type.EmptyTypes) is { IsStatic: false } method && method.ReturnType == typeof(string)
            ? (string?)method.Invoke(value, null)
            : null;
}
