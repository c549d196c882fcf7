using System.Collections;
using NormLab.Charts;
using NormLab.Rendering;

namespace NormLab.Tests.Rendering;

public class RichValueTests
{
    [Fact]
    public void A_front_end_finds_the_formatters_by_names_alone()
    {
        var formats = FormatAsAFrontEndDoes(new Plot("Up it goes", "x", "y").Line("none", [1, 2]));
        Assert.Equal([MimeTypes.Plotly, MimeTypes.Html], formats.Keys.Order());
    }

    [Fact]
    public void A_table_offers_html_and_markdown() =>
        Assert.Equal([MimeTypes.Html, MimeTypes.Markdown], FormatAsAFrontEndDoes(new Table("a").Row(1)).Keys.Order());

    [Fact]
    public void The_preferred_type_is_html() => Assert.Equal([MimeTypes.Html], (string[])Attribute(typeof(Table), "PreferredMimeTypes"));

    // What .NET Interactive does, which knows our types by the names of their members only.
    private static Dictionary<string, string> FormatAsAFrontEndDoes(object value)
    {
        var source = Activator.CreateInstance((Type)Attribute(value.GetType(), "FormatterSourceType"))!;
        var formatters = (IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        var formats = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            using var writer = new StringWriter();
            var type = formatter.GetType();
            if ((bool)type.GetMethod("Format")!.Invoke(formatter, [value, writer])!)
                formats[(string)type.GetProperty("MimeType")!.GetValue(formatter)!] = writer.ToString();
        }

        return formats;
    }

    private static object Attribute(Type type, string property)
    {
        var attribute = type.GetCustomAttributes(true).Single(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        return attribute.GetType().GetProperty(property)!.GetValue(attribute)!;
    }
}
