using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NormKernel.Site.Text;

/// <summary>Colours C# when the site is built: Roslyn's classifier, and syntax where a name's library is not at hand.</summary>
public static partial class CodeColors
{
    // Ends a cell whose last line is an expression without a semicolon, which would run into the next cell.
    private const string Separator = "\n;\n";

    /// <summary>One HTML text per cell. The cells are read together, so that a cell knows what an earlier one declared.</summary>
    public static async Task<IReadOnlyList<string>> Html(IReadOnlyList<string> cells, CancellationToken cancellation = default)
    {
        var script = string.Join(Separator, cells.Select(cell => Directive().Replace(cell, line => new string(' ', line.Length))));
        var spans = await Classify(script, cancellation);
        var html = new List<string>(cells.Count);
        var start = 0;
        foreach (var cell in cells)
        {
            html.Add(Html(cell, start, spans));
            start += cell.Length + Separator.Length;
        }

        return html;
    }

    private static async Task<List<(TextSpan Span, string Color)>> Classify(string script, CancellationToken cancellation)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("notebook", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(kind: SourceCodeKind.Script))
            .AddDocument("notebook.csx", SourceText.From(script))
            .WithSourceCodeKind(SourceCodeKind.Script);
        var root = await document.GetSyntaxRootAsync(cancellation) ?? throw new InvalidOperationException("C# documents have a syntax tree.");
        var classified = await Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, script.Length), cancellation);

        var spans = new List<(TextSpan, string)>();
        var end = 0;
        foreach (var span in classified.OrderBy(span => span.TextSpan.Start))
        {
            if (span.TextSpan.Start < end || Color(span, root) is not { } color)
                continue;
            spans.Add((span.TextSpan, color));
            end = span.TextSpan.End;
        }

        return spans;
    }

    private static string? Color(ClassifiedSpan span, SyntaxNode root) => span.ClassificationType switch
    {
        ClassificationTypeNames.ControlKeyword or ClassificationTypeNames.Keyword or ClassificationTypeNames.PreprocessorKeyword => "keyword",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => "string",
        ClassificationTypeNames.NumericLiteral => "number",
        ClassificationTypeNames.Comment => "comment",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "method",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "type",
        var documentation when documentation.StartsWith("xml doc comment", StringComparison.Ordinal) => "comment",
        ClassificationTypeNames.Identifier => ColorBySyntax(root.FindToken(span.TextSpan.Start)),
        _ => null,
    };

    private static string? ColorBySyntax(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax name)
            return null;
        if (name.Parent is InvocationExpressionSyntax || (name.Parent is MemberAccessExpressionSyntax access && access.Name == name && access.Parent is InvocationExpressionSyntax))
            return "method";
        var receiver = name.Parent is MemberAccessExpressionSyntax member && member.Expression == name && char.IsUpper(token.ValueText[0]);
        return receiver || SyntaxFacts.IsInTypeOnlyContext(name) ? "type" : null;
    }

    private static string Html(string cell, int start, List<(TextSpan Span, string Color)> spans)
    {
        var html = new StringBuilder();
        var position = 0;
        var directives = Directive().Matches(cell).Select(match => (new TextSpan(start + match.Index, match.Length), "directive"));
        var inCell = spans.Where(span => span.Span.Start >= start && span.Span.End <= start + cell.Length);
        foreach (var (span, color) in inCell.Concat(directives).OrderBy(span => span.Item1.Start))
        {
            html.Append(WebUtility.HtmlEncode(cell[position..(span.Start - start)]));
            html.Append($"<span class=\"{color}\">{WebUtility.HtmlEncode(cell[(span.Start - start)..(span.End - start)])}</span>");
            position = span.End - start;
        }

        return html.Append(WebUtility.HtmlEncode(cell[position..])).ToString();
    }

    /// <summary>A line for the notebook engine, which is not C#: #!import, #r, #i, #load.</summary>
    [GeneratedRegex(@"^[ \t]*#(?:![^\n]*|(?:r|i|load)[ \t]+""[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
