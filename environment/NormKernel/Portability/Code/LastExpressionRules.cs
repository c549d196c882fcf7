using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NormKernel.Notebooks;

namespace NormKernel.Portability.Code;

/// <summary>A tensor must not be shown: Verso prints every one of its values.</summary>
public static class LastExpressionRules
{
    private static readonly HashSet<string> Factories = new(StringComparer.Ordinal)
    {
        "arange", "empty", "eye", "full", "linspace", "normal", "ones", "rand", "randint", "randn", "tensor", "zeros",
        "empty_like", "full_like", "ones_like", "rand_like", "randn_like", "zeros_like",
    };

    public static IEnumerable<Finding> Find(CodeCell cell)
    {
        var shown = cell.Cell.Outputs.Any(output => MultilineText.Join(output?["data"]?["text/plain"]).StartsWith("Tensor (", StringComparison.Ordinal));
        var made = cell.LastExpression is { } last && MakesTensor(last);
        if (!shown && !made)
            yield break;

        var place = cell.LastExpression ?? cell.Root.Members.LastOrDefault() ?? (SyntaxNode)cell.Root;
        yield return cell.At(place, shown ? "a tensor is shown, as the output says" : "a cell that ends on a tensor", FrontEnd.Verso,
            "Verso prints every value, up to half a megabyte of them.", "show what is to be seen of it: its shape, a few values as an array, a chart.");
    }

    private static bool MakesTensor(ExpressionSyntax expression) => expression is InvocationExpressionSyntax call && call.Expression switch
    {
        IdentifierNameSyntax { Identifier.Text: var name } => Factories.Contains(name),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "torch" }, Name.Identifier.Text: var name } => Factories.Contains(name),
        _ => false,
    };
}
