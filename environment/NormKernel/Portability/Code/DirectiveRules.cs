using Microsoft.CodeAnalysis;

namespace NormKernel.Portability.Code;

/// <summary>Lines that speak to the front end: of those only the import, and in the set-up the package, mean the same everywhere.</summary>
public static class DirectiveRules
{
    public static IEnumerable<Finding> Find(CodeCell cell) =>
        from trivia in cell.Root.DescendantTrivia(descendIntoTrivia: false)
        where trivia.IsDirective
        let text = trivia.ToFullString().Trim()
        let finding = Find(cell, trivia.SpanStart, text)
        where finding is not null
        select finding;

    private static Finding? Find(CodeCell cell, int position, string text)
    {
        var name = text.Split(' ', '\t', '"')[0];
        return name switch
        {
            "#!import" => cell.IsOfSetup || cell.Cell.Source.Trim() != ImportRule.Line ? Import(cell, position, text) : null,
            "#r" when text.Contains("nuget:", StringComparison.OrdinalIgnoreCase) => cell.IsOfSetup ? null : Package(cell, position),
            "#r" => cell.At(position, "a reference to a file", FrontEnd.Join(FrontEnd.Verso, FrontEnd.ClrKernel),
                "They look for the file beside their own program, not beside the notebook.", "put the code into a library project, which the set-up brings as a package."),
            "#i" => cell.At(position, "a package source in a cell", FrontEnd.Join(FrontEnd.Interactive, FrontEnd.Verso, FrontEnd.ClrKernel, FrontEnd.Own),
                "A relative folder is understood by none of them, an absolute one is another on every machine.", "name the source in NuGet.Config."),
            "#load" => cell.At(position, "another script is loaded", FrontEnd.Join(FrontEnd.ClrKernel, FrontEnd.Own),
                "They do not look beside the notebook for it.", "put the code into a library project."),
            _ when name.StartsWith("#!", StringComparison.Ordinal) => cell.At(position, $"the magic command {name}", Others(name),
                "A command that a front end does not know is an error there, or is taken for code.", "leave it out, and write C#."),
            _ => null,
        };
    }

    private static Finding Import(CodeCell cell, int position, string text) => cell.At(position, $"the import `{text}`", FrontEnd.Verso,
        "Verso knows a directive in the first line of a cell only, takes quotes for a part of the file's name, and does not run what follows the import.",
        $"import the set-up alone, in the first code cell: `{ImportRule.Line}`; code that notebooks share belongs to the library.");

    private static Finding Package(CodeCell cell, int position) => cell.At(position, "a package outside the set-up", FrontEnd.Interactive,
        "Packages that come later cannot change what is loaded: a version other than the one that came first is refused.",
        $"ask for it in environment/{NotebookCheck.SetupName}, or make it a dependency of the library.");

    private static string Others(string name) => name switch
    {
        "#!time" => FrontEnd.ClrKernel,
        "#!csharp" or "#!c#" => FrontEnd.Verso,
        "#!about" => FrontEnd.Join(FrontEnd.ClrKernel, FrontEnd.Own),
        _ => FrontEnd.Join("all but the front end that it belongs to", FrontEnd.Own),
    };
}
