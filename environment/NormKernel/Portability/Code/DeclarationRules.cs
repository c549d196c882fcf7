using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NormKernel.Engine.Scripts;

namespace NormKernel.Portability.Code;

/// <summary>What C# itself allows, but not at the top level of a script.</summary>
public static class DeclarationRules
{
    private static readonly string[] SpanTypes = ["Span", "ReadOnlySpan"], SpanMethods = ["AsSpan", "AsReadOnlySpan"];
    private static readonly string[] FrontEndNamespaces = ["Microsoft.DotNet.Interactive", "Verso", "ClrKernel", "NormKernel"];

    public static IEnumerable<Finding> Find(CodeCell cell)
    {
        foreach (var node in cell.Root.Members)
        {
            if (node is FieldDeclarationSyntax field && HoldsSpan(field.Declaration))
                yield return cell.At(field, "a variable that is a span", FrontEnd.All,
                    "A cell's variables are fields, which cannot hold a ref struct.", "put the code into braces or a function.");
            else if (node is BaseNamespaceDeclarationSyntax)
                yield return cell.At(node, "a namespace", FrontEnd.Join(FrontEnd.Interactive, FrontEnd.Verso, FrontEnd.Own),
                    "A script cannot declare one.", "leave it out.");
        }

        foreach (var declared in UsingVariables(cell))
            yield return cell.At(declared, "`using var` at the top level", FrontEnd.All,
                "A cell's variables are fields, which no scope disposes.", "write using (var …) { … }, or put the code into braces.");
        foreach (var method in cell.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(IsExtension))
            yield return cell.At(method, $"the extension method {method.Identifier} in a class", FrontEnd.Join(FrontEnd.Interactive, FrontEnd.Verso, FrontEnd.Own),
                "A cell's classes are nested in the script's own, and extension methods need a class that is not nested.",
                "make it an ordinary function, or put it into the library.");
        foreach (var import in cell.Root.Usings.Where(IsOfFrontEnd))
            yield return cell.At(import, $"the namespace {import.NamespaceOrType} of one front end", "all but the front end that it belongs to",
                "The others do not have it.", "use C# and the library only.");
        if (!ReferenceEquals(TrailingWith.Accept(cell.Tree), cell.Tree))
            yield return cell.At(cell.Root.Members.Last(), "a cell that ends on `with { … }`", FrontEnd.Join(FrontEnd.Interactive, FrontEnd.Verso, FrontEnd.ClrKernel),
                "The grammar of scripts takes it for a declaration.", "give the value a name, and end the cell on that name.");
    }

    // The grammar of scripts has no such declaration; the one of programs has.
    private static IEnumerable<SyntaxNode> UsingVariables(CodeCell cell) =>
        from statement in CSharpSyntaxTree.ParseText(cell.Cell.Source, SubmissionChain.ParseOptions.WithKind(SourceCodeKind.Regular)).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>()
        where statement.Statement is LocalDeclarationStatementSyntax local && local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)
        select statement;

    private static bool HoldsSpan(VariableDeclarationSyntax declaration) =>
        (declaration.Type is GenericNameSyntax type && SpanTypes.Contains(type.Identifier.Text))
        || declaration.Variables.Any(variable => variable.Initializer?.Value switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => SpanMethods.Contains(called.Name.Identifier.Text),
            StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax => true,
            _ => false,
        });

    private static bool IsExtension(MethodDeclarationSyntax method) =>
        method.Parent is TypeDeclarationSyntax && method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true;

    private static bool IsOfFrontEnd(UsingDirectiveSyntax import) =>
        FrontEndNamespaces.Any(name => import.NamespaceOrType.ToString() is var used && (used == name || used.StartsWith(name + ".", StringComparison.Ordinal)));
}
