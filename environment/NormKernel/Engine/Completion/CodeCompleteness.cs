using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NormKernel.Engine.Directives;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine.Completion;

/// <summary>Whether code that is typed line by line is ready to run.</summary>
/// <param name="Status">complete, incomplete or invalid.</param>
/// <param name="Indent">What the next line of incomplete code starts with, or null.</param>
public sealed record CodeCompleteness(string Status, string? Indent)
{
    private const string Step = "    ";

    public static CodeCompleteness Of(string code)
    {
        if (WithoutDirectives(code) is not { } text)
            return new("invalid", null);

        var tree = TrailingWith.Accept(CSharpSyntaxTree.ParseText(text, SubmissionChain.ParseOptions));
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new("incomplete", IndentAfter(text));

        return new(tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete", null);
    }

    private static string? WithoutDirectives(string code)
    {
        try
        {
            return DirectiveParser.Parse(new CellSource("cell", code, "")).Code;
        }
        catch (CellException)
        {
            return null;
        }
    }

    private static string IndentAfter(string code)
    {
        var last = code.TrimEnd().Split('\n')[^1];
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.TrimEnd() is [.., '{' or '(' or '['] ? indent + Step : indent;
    }
}
