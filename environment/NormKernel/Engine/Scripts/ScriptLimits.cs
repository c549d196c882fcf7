using Microsoft.CodeAnalysis;

namespace NormKernel.Engine.Scripts;

/// <summary>What C# scripts, and so cells, cannot do at their top level, and what to write in its place.</summary>
public static class ScriptLimits
{
    public static string? Hint(Diagnostic diagnostic, string line) => diagnostic.Id switch
    {
        "CS7021" => "A cell cannot declare a namespace: leave it out.",
        "CS1109" or "CS1106" => "A cell's classes are nested in the cell's own: declare the extension method outside any class.",
        "CS8345" => "A cell's variables are fields, which cannot hold a ref struct: put the code into a block or a function.",
        _ when line.TrimStart().StartsWith("using var ", StringComparison.Ordinal)
            => "A cell cannot hold `using var` outside a block: write using (var …) { … }, or put the code into braces.",
        _ => null,
    };
}
