namespace NormKernel.Engine.Directives;

/// <summary>A line of a cell that speaks to the engine, not to the compiler. Line counts from 1.</summary>
public abstract record Directive(int Line);

/// <summary><c>#!import path</c></summary>
public sealed record ImportDirective(int Line, string Path) : Directive(Line);

/// <summary><c>#r "nuget: Id, version"</c>; no version asks for the newest.</summary>
public sealed record PackageDirective(int Line, string Id, string? Version) : Directive(Line);

/// <summary><c>#r "path.dll"</c></summary>
public sealed record AssemblyDirective(int Line, string Path) : Directive(Line);

/// <summary><c>#i "source"</c></summary>
public sealed record SourceDirective(int Line) : Directive(Line);

/// <summary><c>#!time</c></summary>
public sealed record TimeDirective(int Line) : Directive(Line);

/// <summary><c>#!csharp</c>: says what the cell is anyway.</summary>
public sealed record LanguageDirective(int Line) : Directive(Line);
