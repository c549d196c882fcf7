using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NormKernel.Engine.InCells;

namespace NormKernel.Engine.Scripts;

/// <summary>
/// Makes each round of a loop, each goto and each call of a cell's method look whether the cell was interrupted. Lines stay where
/// they are, columns do not: messages of the compiler have to come from the code as it was written.
/// </summary>
public static class InterruptibleCode
{
    private const string Class = $"global::{nameof(NormKernel)}.{nameof(Engine)}.{nameof(InCells)}.{nameof(Interruptible)}";
    private const string Pending = $"if({Class}.{nameof(Interruptible.Pending)}!=0)";
    private const string Round = $"{Pending}{Class}.{nameof(Interruptible.Check)}();";
    private const string Call = $"{Pending}{Class}.{nameof(Interruptible.CheckCall)}();";

    public static SyntaxTree Of(SyntaxTree tree)
    {
        var changes = tree.GetRoot().DescendantNodes().SelectMany(Changes).OrderBy(change => change.Span.Start).ToList();
        return changes.Count == 0 ? tree : tree.WithChangedText(SourceText.From(tree.GetText().WithChanges(changes).ToString(), Encoding.UTF8));
    }

    private static IEnumerable<TextChange> Changes(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => Statement(loop.Statement),
        DoStatementSyntax loop => Statement(loop.Statement),
        ForStatementSyntax loop => Statement(loop.Statement),
        CommonForEachStatementSyntax loop => Statement(loop.Statement),
        GotoStatementSyntax jump => Statement(jump),
        AnonymousFunctionExpressionSyntax { Block: { } body } => Start(body, Call),
        LocalFunctionStatementSyntax { Body: { } body } => Start(body, Call),
        LocalFunctionStatementSyntax { ExpressionBody: { } body } function => Expression(body, function.SemicolonToken, function.ReturnType, function.Modifiers),
        MethodDeclarationSyntax { Body: { } body } => Start(body, Call),
        MethodDeclarationSyntax { ExpressionBody: { } body } method => Expression(body, method.SemicolonToken, method.ReturnType, method.Modifiers),
        _ => [],
    };

    private static IEnumerable<TextChange> Statement(StatementSyntax repeated) => repeated switch
    {
        { IsMissing: true } => [],
        BlockSyntax block => Start(block, Round),
        _ => [Insert(repeated.SpanStart, "{" + Round), Insert(repeated.Span.End, "}")],
    };

    private static IEnumerable<TextChange> Start(BlockSyntax block, string check) => [Insert(block.OpenBraceToken.Span.End, check)];

    // `=> x;` becomes a block that returns x, or only computes it where nothing is returned.
    private static IEnumerable<TextChange> Expression(ArrowExpressionClauseSyntax body, SyntaxToken semicolon, TypeSyntax type, SyntaxTokenList modifiers)
    {
        var isAsync = modifiers.Any(modifier => modifier.ValueText == "async");
        if (body.Expression is ThrowExpressionSyntax || semicolon.IsMissing || (isAsync && type is not GenericNameSyntax))
            return [];

        var isVoid = type is PredefinedTypeSyntax { Keyword.ValueText: "void" };
        return [new(body.ArrowToken.Span, "{" + Call + (isVoid ? "" : "return ")), Insert(semicolon.Span.End, "}")];
    }

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
