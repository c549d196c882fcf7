namespace NormKernel.Portability;

/// <summary>The programs that a notebook is to run in unchanged, by the names that findings use.</summary>
public static class FrontEnd
{
    public const string Interactive = ".NET Interactive / Polyglot Notebooks";
    public const string Verso = "Verso";
    public const string ClrKernel = "ClrKernel";
    public const string Own = "this repository's engine";
    public const string GitHub = "GitHub";

    /// <summary>What compiles C# scripts, which is all of them.</summary>
    public const string All = "every front end";

    public static string Join(params string[] names) => string.Join(", ", names);
}
