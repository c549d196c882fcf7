using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NormKernel.Engine.InCells;

namespace NormKernel.Engine.Scripts;

/// <summary>
/// Makes each round of a loop, and each goto, look whether the cell was interrupted. Lines stay where they are, columns do not:
/// messages of the compiler have to come from the code as it was written.
/// </summary>
public static class InterruptibleLoops
{
    private const string Check = $"global::{nameof(NormKernel)}.{nameof(Engine)}.{nameof(InCells)}.{nameof(Interruptible)}.{nameof(Interruptible.Check)}();";

    public static SyntaxTree In(SyntaxTree tree)
    {
        var changes = tree.GetRoot().DescendantNodes().SelectMany(Changes).OrderBy(change => change.Span.Start).ToList();
        return changes.Count == 0 ? tree : tree.WithChangedText(SourceText.From(tree.GetText().WithChanges(changes).ToString(), Encoding.UTF8));
    }

    private static IEnumerable<TextChange> Changes(SyntaxNode node)
    {
        var repeated = node switch
        {
            WhileStatementSyntax loop => loop.Statement,
            DoStatementSyntax loop => loop.Statement,
            ForStatementSyntax loop => loop.Statement,
            CommonForEachStatementSyntax loop => loop.Statement,
            GotoStatementSyntax jump => jump,
            _ => null,
        };
        if (repeated is null || repeated.IsMissing)
            yield break;

        if (repeated is BlockSyntax block)
        {
            yield return Insert(block.OpenBraceToken.Span.End, Check);
            yield break;
        }

        yield return Insert(repeated.SpanStart, "{" + Check);
        yield return Insert(repeated.Span.End, "}");
    }

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
