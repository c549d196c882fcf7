using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NormKernel.Engine.Scripts;

/// <summary>The compiler's messages as a notebook shows them.</summary>
public static class Diagnostics
{
    // Mistakes that a reader wants to hear of. Not: unused variables, awaits that are missing in async lambdas, naming.
    private static readonly HashSet<string> Useful =
    [
        "CS0162", "CS0252", "CS0253", "CS0472", "CS0612", "CS0618", "CS0652", "CS0665", "CS1717", "CS1718", "CS4014", "CS8509", "CS8524",
    ];

    public static CellFailure Failure(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return new("CompilationError", $"{errors[0].Id}: {Text(errors[0])}", [.. errors.SelectMany(Lines)]);
    }

    public static IReadOnlyList<string> UsefulWarnings(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning && Useful.Contains(diagnostic.Id)).Select(warning => string.Join('\n', Lines(warning)))];

    private static string Text(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(Diagnostic diagnostic)
    {
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            yield return $"{severity} {diagnostic.Id}: {Text(diagnostic)}";
            yield break;
        }

        var place = diagnostic.Location.GetLineSpan();
        var (line, column) = (place.StartLinePosition.Line, place.StartLinePosition.Character);
        yield return $"{place.Path} ({line + 1},{column + 1}): {severity} {diagnostic.Id}: {Text(diagnostic)}";
        var source = tree.GetText().Lines[line].ToString();
        yield return "    " + source;
        // Tabs stay tabs, so that the caret stands under its column whatever their width.
        yield return "    " + string.Concat(source.Take(column).Select(character => character == '\t' ? '\t' : ' ')) + "^";
        if (ScriptLimits.Hint(diagnostic, source) is { } hint)
            yield return "    " + hint;
    }
}
