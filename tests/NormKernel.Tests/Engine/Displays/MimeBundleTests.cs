using NormKernel.Engine.Displays;

namespace NormKernel.Tests.Engine.Displays;

public sealed class MimeBundleTests
{
    [Fact]
    public void Every_form_that_a_formatter_offers_is_taken_and_json_is_embedded_as_json()
    {
        var bundle = MimeBundle.Of(new Chart());
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], bundle.Select(form => form.Key).Order(StringComparer.Ordinal));
        Assert.Single(bundle["application/vnd.plotly.v1+json"]!["data"]!.AsArray());
        Assert.Equal("a chart", bundle["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void The_attribute_counts_on_a_base_type_and_on_an_interface()
    {
        Assert.Contains("image/png", MimeBundle.Of(new SpecialChart()));
        Assert.Equal("**n**", MimeBundle.Of(new Note())["text/markdown"]!.GetValue<string>());
    }

    [Fact]
    public void Html_goes_where_markdown_is_offered_and_a_formatter_may_decline()
    {
        var bundle = MimeBundle.Of(new Note());
        Assert.DoesNotContain("text/html", bundle);
        Assert.DoesNotContain("text/latex", bundle);
    }

    [Fact]
    public void A_picture_is_stored_once_and_not_a_second_time_in_html() =>
        Assert.Equal(["image/png", "text/plain"], MimeBundle.Of(new Picture()).Select(form => form.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void ToHtml_makes_html() =>
        Assert.Equal("""{"text/html":"\u003Cb\u003Eh\u003C/b\u003E","text/plain":"plain"}""", MimeBundle.Of(new HtmlOnly()).ToJsonString());

    [Theory]
    [InlineData(typeof(BadText), "BadText could not be shown: InvalidOperationException: no text")]
    [InlineData(typeof(BadHtml), "BadHtml could not be shown: InvalidOperationException: no html")]
    [InlineData(typeof(BadSource), "BadSource could not be shown: MissingMemberException")]
    public void What_fails_is_reported_and_not_fatal(Type type, string report) =>
        Assert.StartsWith(report, MimeBundle.Of(Activator.CreateInstance(type, nonPublic: true))["text/plain"]!.GetValue<string>(), StringComparison.Ordinal);

    [Fact]
    public void A_sequence_that_throws_is_reported() =>
        Assert.Contains("DivideByZeroException", MimeBundle.Of(new[] { 0 }.Select(zero => 1 / zero))["text/plain"]!.GetValue<string>(), StringComparison.Ordinal);

    [AttributeUsage(AttributeTargets.All)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;
    }

    [TypeFormatterSource(typeof(ChartFormatters))]
    private class Chart
    {
        public override string ToString() => "a chart";
    }

    private sealed class SpecialChart : Chart;

    [TypeFormatterSource(typeof(PictureFormatters))]
    private sealed class Picture;

    [TypeFormatterSource(typeof(NoteFormatters))]
    private interface INote;

    private sealed class Note : INote;

    private sealed class ChartFormatters
    {
        public static IEnumerable<object> Forms => [new Formatter("text/html", "<div/>"), new Formatter("application/vnd.plotly.v1+json", """{"data":[1]}"""), new Formatter("image/png", "aGk=")];

#pragma warning disable CA1822 // the protocol calls an instance method
        public IEnumerable<object> CreateTypeFormatters() => Forms;
    }

    private sealed class PictureFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() => [new Formatter("text/html", "<img/>"), new Formatter("image/png", "aGk=")];
    }

    private sealed class NoteFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() => [new Formatter("text/html", "<b>n</b>"), new Formatter("text/markdown", "**n**"), new Formatter("text/latex", null)];
    }

    private sealed class Formatter(string mimeType, string? text)
    {
        public string MimeType => mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(text);
            return text is not null;
        }
    }

    private sealed class HtmlOnly
    {
        public string ToHtml() => "<b>h</b>";

        public override string ToString() => "plain";
    }

    private sealed class BadText
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class BadHtml
    {
        public string ToHtml() => throw new InvalidOperationException("no html");
    }

    [TypeFormatterSource(typeof(object))]
    private sealed class BadSource;
}
