using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine.Directives;

/// <summary>Takes the directives out of a cell.</summary>
public static partial class DirectiveParser
{
    /// <exception cref="CellException">A directive that this engine does not know, or that is incomplete.</exception>
    public static ParsedCell Parse(CellSource cell)
    {
        if (!Candidate().IsMatch(cell.Text))
            return new([], cell.Text);

        var root = CSharpSyntaxTree.ParseText(cell.Text, SubmissionChain.ParseOptions).GetRoot();
        var directives = new List<Directive>();
        var code = Candidate().Replace(cell.Text, match =>
        {
            if (!IsDirective(root, match.Groups["mark"].Index))
                return match.Value;

            var line = 1 + cell.Text.AsSpan(0, match.Index).Count('\n');
            directives.Add(Read(match.Value.Trim(), line) ?? throw Unknown(cell, match.Value.Trim(), line));
            return "";
        });
        return new(directives, code);
    }

    // A line of a raw string or of a comment may look like a directive.
    private static bool IsDirective(SyntaxNode root, int position) => root.FindTrivia(position) is { IsDirective: true };

    private static Directive? Read(string text, int line)
    {
        if (Package().Match(text) is { Success: true } package)
            return new PackageDirective(line, package.Groups["id"].Value, package.Groups["version"] is { Success: true } version ? version.Value : null);
        if (AnyPackage().IsMatch(text))
            return null;
        if (Assembly().Match(text) is { Success: true } assembly)
            return new AssemblyDirective(line, assembly.Groups["path"].Value);
        if (Import().Match(text) is { Success: true } import)
            return new ImportDirective(line, import.Groups["path"].Value);

        return text.Split(' ', '\t')[0] switch
        {
            "#i" => new SourceDirective(line),
            "#!time" => new TimeDirective(line),
            "#!csharp" or "#!c#" => new LanguageDirective(line),
            _ => null,
        };
    }

    private static CellException Unknown(CellSource cell, string text, int line) => new(
        "DirectiveError",
        $"{cell.Name}, line {line}: `{text}` is not understood. A cell may hold: #!import path, #r \"nuget: Id\", #r \"nuget: Id, version\", #r \"path.dll\", #!time, #!csharp.");

    [GeneratedRegex(@"^[ \t]*(?<mark>#)(?:!|[ri]\b)[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"^#r\s+""nuget:\s*(?<id>[A-Za-z0-9_.-]+)\s*(?:,\s*(?<version>[^""\s]+)\s*)?""\s*(?://.*)?$")]
    private static partial Regex Package();

    [GeneratedRegex(@"^#r\s+""nuget:")]
    private static partial Regex AnyPackage();

    [GeneratedRegex(@"^#r\s+""(?<path>[^""]+)""\s*(?://.*)?$")]
    private static partial Regex Assembly();

    [GeneratedRegex(@"^#!import\s+(?:""(?<path>[^""]+)""|(?<path>[^""]+?))\s*$")]
    private static partial Regex Import();
}
