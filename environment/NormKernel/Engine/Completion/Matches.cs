using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Tags;

namespace NormKernel.Engine.Completion;

/// <summary>Those of Roslyn's completions that go on with what was typed, best first.</summary>
public static class Matches
{
    public static IEnumerable<CompletionChoice> Of(IReadOnlyList<CompletionItem> items, string typed) => items
        .Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(item => item.FilterText.StartsWith(typed, StringComparison.Ordinal))
        .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase)
        .Select(item => new CompletionChoice(item.DisplayText, Kind(item)))
        .DistinctBy(choice => choice.Text);

    private static string Kind(CompletionItem item) => item.Tags.FirstOrDefault() switch
    {
        WellKnownTags.Method or WellKnownTags.ExtensionMethod => "function",
        WellKnownTags.Namespace => "module",
        WellKnownTags.Local or WellKnownTags.Parameter or WellKnownTags.RangeVariable => "instance",
        WellKnownTags.Structure or WellKnownTags.Delegate => "class",
        WellKnownTags.Constant => "field",
        { } other => other.ToLowerInvariant(),
        null => "text",
    };
}
