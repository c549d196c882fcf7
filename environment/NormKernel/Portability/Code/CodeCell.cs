using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NormKernel.Engine.Scripts;
using NormKernel.Notebooks;

namespace NormKernel.Portability.Code;

/// <summary>A code cell as the rules see it: its place, its syntax as a C# script, its committed outputs.</summary>
public sealed class CodeCell(string path, int number, Cell cell)
{
    public string Path { get; } = path;

    public int Number { get; } = number;

    public Cell Cell { get; } = cell;

    public SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText(cell.Source, SubmissionChain.ParseOptions);

    public CompilationUnitSyntax Root => Tree.GetCompilationUnitRoot();

    public bool IsOfSetup => System.IO.Path.GetFileName(Path) == NotebookCheck.SetupName;

    /// <summary>The expression that the cell's value comes from: the last one, where no semicolon ends it.</summary>
    public ExpressionSyntax? LastExpression =>
        Root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last } ? last.Expression : null;

    /// <summary>The code cells of a notebook that have something in them.</summary>
    public static IEnumerable<CodeCell> Of(Notebook notebook, string path) =>
        from pair in notebook.Cells.Select((cell, index) => (cell, number: index + 1))
        where pair.cell.IsCode && !string.IsNullOrWhiteSpace(pair.cell.Source)
        select new CodeCell(path, pair.number, pair.cell);

    public Finding At(int position, string rule, string rejectedBy, string reason, string fix) =>
        new(Path, new Place(Number, Tree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1), rule, rejectedBy, reason, fix);

    public Finding At(SyntaxNode node, string rule, string rejectedBy, string reason, string fix) =>
        At(node.SpanStart, rule, rejectedBy, reason, fix);
}
