using System.Globalization;
using System.Text;
using NormKernel.Paper.Bibliography;

namespace NormKernel.Paper.Parts;

/// <summary>The sources, in the order in which the text first cites them.</summary>
internal static class ReferenceList
{
    public const string Id = "references", Title = "References";

    public static string Html(IReadOnlyList<BibEntry> cited)
    {
        var entries = new StringBuilder();
        for (var number = 1; number <= cited.Count; number++)
            entries.Append(CultureInfo.InvariantCulture, $"<li id=\"reference-{number}\"><span class=\"number\">[{number}]</span> <span>{ReferenceHtml.Html(cited[number - 1])}</span></li>\n");
        return entries.Length == 0 ? "" : $"""
            <section class="back" id="{Id}">
            <h1>{Title}</h1>
            <ol class="references">
            {entries}</ol>
            </section>

            """;
    }
}
