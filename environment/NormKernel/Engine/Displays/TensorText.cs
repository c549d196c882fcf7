using System.Reflection;

namespace NormKernel.Engine.Displays;

/// <summary>
/// TorchSharp tensors, known by name alone: shape, type and the first values. Their own ToString can print all of them.
/// </summary>
public static class TensorText
{
    private const int Shown = 6;

    public static bool IsTensor(object value) => TensorType(value) is not null;

    internal static string Of(object tensor)
    {
        var type = TensorType(tensor)!;
        var shape = (long[])type.GetProperty("shape")!.GetValue(tensor)!;
        var description = $"Tensor ({string.Join(", ", shape)}), {Property(type, tensor, "dtype")}, {Property(type, tensor, "device")}";
        return FirstValues(type, tensor) is { Length: > 0 } values ? $"{description}: {values}" : description;
    }

    private static string Property(Type type, object tensor, string name) => type.GetProperty(name)?.GetValue(tensor)?.ToString()?.ToLowerInvariant() ?? "?";

    // A disposed tensor or one without data has no values to show; its description is still worth printing.
    private static string? FirstValues(Type type, object tensor)
    {
        var temporaries = new List<object>();
        try
        {
            object Step(object on, string method, params object[] arguments)
            {
                temporaries.Add(Call(type, on, method, arguments));
                return temporaries[^1];
            }

            var flat = Step(Step(tensor, "detach"), "reshape", new long[] { -1 });
            var count = ((long[])type.GetProperty("shape")!.GetValue(flat)!)[0];
            var head = count <= Shown ? flat : Step(flat, "narrow", 0L, 0L, (long)Shown);
            var text = NumpyText(type, head);
            return count <= Shown ? text : text?.TrimEnd(']', ' ') + " …]";
        }
        catch (Exception failure) when (failure is TargetInvocationException or MissingMethodException)
        {
            return null;
        }
        finally
        {
            foreach (var temporary in temporaries.OfType<IDisposable>())
                temporary.Dispose();
        }
    }

    private static string? NumpyText(Type type, object tensor)
    {
        var method = type.GetMethods().FirstOrDefault(candidate => candidate.Name == "ToString" && candidate.GetParameters() is [{ ParameterType.IsEnum: true }, ..])
            ?? throw new MissingMethodException(type.FullName, "ToString");
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType.IsEnum
            ? Enum.Parse(parameter.ParameterType, "Numpy")
            : parameter.ParameterType == typeof(System.Globalization.CultureInfo) ? System.Globalization.CultureInfo.InvariantCulture : parameter.DefaultValue);
        return (string?)method.Invoke(tensor, [.. arguments]);
    }

    private static object Call(Type type, object on, string name, object[] arguments)
    {
        var method = type.GetMethod(name, [.. arguments.Select(argument => argument.GetType())]) ?? throw new MissingMethodException(type.FullName, name);
        return method.Invoke(on, arguments)!;
    }

    private static Type? TensorType(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == "TorchSharp.torch+Tensor")
                return type;
        }

        return null;
    }
}
