using System.Reflection;
using System.Runtime.CompilerServices;

namespace NormKernel.Engine.Displays;

/// <summary>Records and anonymous types: types whose ToString the compiler wrote. Its own shows no elements and follows the culture.</summary>
public static class RecordText
{
    public static bool IsRecord(Type type)
    {
        var method = type.GetMethod("ToString", Type.EmptyTypes)!;
        return method.IsDefined(typeof(CompilerGeneratedAttribute)) || (IsAnonymous(type) && method.DeclaringType == type);
    }

    public static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    public static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)];

    internal static string Of(object value, int depth)
    {
        var type = value.GetType();
        var members = Properties(type).Select(property => (property.Name, property.GetValue(value)))
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => (field.Name, field.GetValue(value))));
        var text = string.Join(", ", members.Select(member => $"{member.Name} = {PlainText.Format(member.Item2, depth + 1)}"));
        return $"{(IsAnonymous(type) ? "" : TypeName.Of(type) + " ")}{{ {text} }}";
    }

    internal static string Pair(object pair, int depth)
    {
        var type = pair.GetType();
        return $"{PlainText.Format(type.GetProperty("Key")!.GetValue(pair), depth + 1)}: {PlainText.Format(type.GetProperty("Value")!.GetValue(pair), depth + 1)}";
    }

    private static bool IsAnonymous(Type type) => type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute));
}
