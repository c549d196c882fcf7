using System.Collections;
using System.Runtime.CompilerServices;

namespace NormKernel.Engine.Displays;

/// <summary>
/// The protocol by which a library formats its own values without referring to a front end: an attribute named
/// TypeFormatterSourceAttribute names a class whose CreateTypeFormatters() returns objects with MimeType and Format(object, TextWriter).
/// </summary>
public static class FormatterSource
{
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<object>> Known = [];

    /// <summary>The value in each mime type that one of its formatters writes; a formatter that returns false has none.</summary>
    public static IEnumerable<(string MimeType, string Text)> Format(object value)
    {
        foreach (var formatter in Known.GetValue(value.GetType(), Create))
        {
            var type = formatter.GetType();
            var writer = new StringWriter();
            var format = type.GetMethod("Format", [typeof(object), typeof(TextWriter)]) ?? throw Missing(type, "bool Format(object, TextWriter)");
            var mimeType = type.GetProperty("MimeType")?.GetValue(formatter) as string ?? throw Missing(type, "string MimeType");
            if (format.Invoke(formatter, [value, writer]) is true)
                yield return (mimeType, writer.ToString());
        }
    }

    private static List<object> Create(Type type)
    {
        var formatters = new List<object>();
        foreach (var attribute in Bases(type).Concat(type.GetInterfaces()).SelectMany(candidate => candidate.GetCustomAttributes(inherit: false)))
        {
            var attributeType = attribute.GetType();
            if (attributeType.Name != "TypeFormatterSourceAttribute")
                continue;

            var sourceType = attributeType.GetProperty("FormatterSourceType")?.GetValue(attribute) as Type ?? throw Missing(attributeType, "Type FormatterSourceType");
            var create = sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes) ?? throw Missing(sourceType, "CreateTypeFormatters()");
            formatters.AddRange(((IEnumerable)create.Invoke(Activator.CreateInstance(sourceType, nonPublic: true), null)!).Cast<object>());
        }

        return formatters;
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private static MissingMemberException Missing(Type type, string member) => new($"{type.FullName} takes part in formatting and so needs a public {member}.");
}
