using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NormKernel.Engine.Completion;

/// <summary>Where a reader who asks at a position may mean a name: there, just before, and the method called around it.</summary>
public static class NamePlaces
{
    public static IEnumerable<int> Near(SyntaxNode root, int position)
    {
        foreach (var place in new[] { position, position - 1 })
        {
            if (root.FullSpan.Contains(place) && root.FindToken(place) is var token && token.Span.Contains(place) && (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword()))
                yield return place;
        }

        for (var node = root.FindToken(Math.Clamp(position - 1, 0, root.FullSpan.End)).Parent; node is not null; node = node.Parent)
        {
            if (node is BaseArgumentListSyntax { Parent: { } call } && Name(call) is { } name)
                yield return name.SpanStart;
        }
    }

    private static ExpressionSyntax? Name(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } => member.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax qualified } => qualified.Right,
        ObjectCreationExpressionSyntax creation => creation.Type,
        ElementAccessExpressionSyntax access => access.Expression,
        _ => null,
    };
}
