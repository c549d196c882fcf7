using System.Reflection;

namespace NormCore.Tests.BadInput;

/// <summary>Everything of the library that can be called from outside, found by reflection so that no new member is left out.</summary>
internal static class PublicMembers
{
    /// <summary>Constructors, and methods and accessors that the library itself declares.</summary>
    // Settings of the whole process, which tests after this one rely on.
    public static IReadOnlyList<MethodBase> All { get; } =
        [.. typeof(BatchNorm).Assembly.GetExportedTypes().Where(type => !type.ContainsGenericParameters && type != typeof(OutputBuffers) && type != typeof(CudaKernels)).SelectMany(Of)];

    public static string Text(MethodBase member) => $"{member.DeclaringType!.Name}.{member.Name}";

    private static IEnumerable<MethodBase> Of(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<MethodBase> constructors = type.IsAbstract ? [] : type.GetConstructors();
        return constructors
            .Concat(type.GetMethods(Declared).Where(method => !method.IsAbstract).Select(Closed))
            .Where(member => member.GetParameters().All(parameter => !parameter.ParameterType.IsByRefLike && !parameter.ParameterType.IsPointer && !parameter.ParameterType.IsByRef));
    }

    private static MethodInfo Closed(MethodInfo method) =>
        method.IsGenericMethodDefinition ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(type => type.GetGenericParameterConstraints().FirstOrDefault() ?? typeof(object))]) : method;
}
