using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NormKernel.Portability.Code;

/// <summary>Calls that show something: only <c>value.Display();</c> is the same everywhere.</summary>
public static class CallRules
{
    private const string ShowIt = "end the cell on the value, or write `value.Display();`.";

    public static IEnumerable<Finding> Find(CodeCell cell)
    {
        // What the cell declares itself, under whatever name, is its own.
        var declared = cell.Root.DescendantNodes().Select(node => node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            _ => null,
        }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var calls = cell.Root.DescendantNodes().OfType<InvocationExpressionSyntax>();
        return [.. calls.Select(call => Find(cell, call, declared)).OfType<Finding>(), .. ConsoleError(cell)];
    }

    private static Finding? Find(CodeCell cell, InvocationExpressionSyntax call, HashSet<string> declared) => call.Expression switch
    {
        IdentifierNameSyntax { Identifier.Text: "display" } when !declared.Contains("display") => cell.At(call, "the call display(…)",
            FrontEnd.Join(FrontEnd.Verso, FrontEnd.ClrKernel, FrontEnd.Own), "Only .NET Interactive has this function.", ShowIt),
        IdentifierNameSyntax { Identifier.Text: "HTML" } when !declared.Contains("HTML") => cell.At(call, "the call HTML(…)",
            FrontEnd.Join(FrontEnd.Verso, FrontEnd.Own), "They do not have this function.", "show a value of the library that renders itself: a chart, a table, a record."),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "DisplayAs" } => cell.At(call, "the call DisplayAs(…)",
            FrontEnd.Join(FrontEnd.Verso, FrontEnd.ClrKernel, FrontEnd.Own), "Only .NET Interactive has this method.", ShowIt),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } when call.ArgumentList.Arguments.Count > 0 => cell.At(call, "Display with an argument",
            FrontEnd.Join(FrontEnd.ClrKernel, FrontEnd.Own), "What Display takes differs: mime types as text, a type, or nothing.", "write `value.Display();`."),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } when call.Parent is not (ExpressionStatementSyntax or LambdaExpressionSyntax or ArrowExpressionClauseSyntax) => cell.At(call, "what Display() returns is used",
            FrontEnd.Verso, "There Display returns nothing, so that nothing can be updated.", "write `value.Display();`, and show progress as lines of Console.WriteLine."),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } when call.Parent is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } => cell.At(call,
            "a cell that ends on Display() without a semicolon", FrontEnd.Join(FrontEnd.Interactive, FrontEnd.Own),
            "What Display returns is then the cell's value and is shown as well.", "end the line with a semicolon."),
        _ => null,
    };

    private static IEnumerable<Finding> ConsoleError(CodeCell cell) =>
        from access in cell.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Name.Identifier.Text is "Error" or "OpenStandardError" && access.Expression.ToString() is "Console" or "System.Console"
        select cell.At(access, "text on Console.Error", FrontEnd.Verso, "Verso counts a cell that writes there as failed.", "write to Console.");
}
