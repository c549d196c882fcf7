namespace NormLab.Rendering;

/// <summary>
/// Tells a notebook front end how to display a type. Front ends look for an attribute of this name, so the library
/// needs to reference none of them.
/// </summary>
/// <param name="formatterSourceType">
/// A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>, whose items have a
/// <c>MimeType</c> and a <c>bool Format(object, TextWriter)</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = true)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type that creates the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The mime types that a front end which shows one representation should pick, best first.</summary>
    // An array because the front ends read an array by reflection.
#pragma warning disable CA1819
    public string[] PreferredMimeTypes { get; set; } = [];
#pragma warning restore CA1819
}
