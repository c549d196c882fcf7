namespace NormCore;

/// <summary>Types as a programmer writes them.</summary>
internal static class TypeText
{
    /// <summary>NormCore.BatchNorm for itself, Module&lt;Tensor, Tensor&gt; for a generic type.</summary>
    public static string Of(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.IsGenericType ? Of(argument) : argument.Name))}>"
        : type.IsNested ? type.Name : $"{type.Namespace}.{type.Name}";
}
