using Microsoft.CodeAnalysis.QuickInfo;

namespace NormKernel.Engine.Completion;

/// <summary>Writes Roslyn's description of a name as text and as Markdown.</summary>
public static class DescriptionText
{
    public static CodeDescription? Of(QuickInfoItem info, bool withRemarks)
    {
        var sections = info.Sections
            .Where(section => section.Text.Length > 0 && (withRemarks || section.Kind != QuickInfoSectionKinds.RemarksDocumentationComments))
            .Select(section => (section.Kind, Text: section.Text.ReplaceLineEndings("\n").Trim('\n')))
            .ToList();
        if (sections.Count == 0)
            return null;

        return new(
            string.Join("\n\n", sections.Select(section => section.Text)),
            string.Join("\n\n", sections.Select(section => section.Kind == QuickInfoSectionKinds.Description ? $"```csharp\n{section.Text}\n```" : section.Text)));
    }
}
