using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NormKernel.Engine.Scripts;

/// <summary>Lets a cell end on <c>x with { … }</c>, which the script grammar takes for a property of type x named with.</summary>
public static class TrailingWith
{
    /// <summary>The tree itself, or one whose last expression stands in parentheses where that makes it parse.</summary>
    public static SyntaxTree Accept(SyntaxTree tree)
    {
        if (!HasErrors(tree))
            return tree;

        var text = tree.ToString();
        foreach (var start in tree.GetCompilationUnitRoot().Members.Select(member => member.SpanStart).Reverse())
        {
            var expression = SyntaxFactory.ParseExpression(text, start, SubmissionChain.ParseOptions, consumeFullText: true);
            if (expression.ContainsDiagnostics || !expression.DescendantNodesAndSelf().OfType<WithExpressionSyntax>().Any())
                continue;

            var end = start + expression.Span.End;
            var accepted = $"{text[..start]}({text[start..end]}){text[end..]}";
            var repaired = tree.WithChangedText(SourceText.From(accepted, Encoding.UTF8));
            if (!HasErrors(repaired))
                return repaired;
        }

        return tree;
    }

    private static bool HasErrors(SyntaxTree tree) => tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
