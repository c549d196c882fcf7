using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NormKernel.Engine.Execution;

namespace NormKernel.Engine.Scripts;

/// <summary>The cells' compilations, each of which sees the ones before it.</summary>
public sealed class SubmissionChain(ScriptReferences references, NotebookLoadContext context)
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    // What .NET Interactive imports, so that a notebook which runs here runs there, and what cells call.
    private static readonly string[] Usings =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.Linq", "System.Text", "System.Threading.Tasks", "NormKernel.Engine.InCells",
    ];

    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: Usings,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Annotations,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    private object?[] instances = new object?[64];
    private int instanceCount = 1; // the first place is the host object's, and there is none
    private int compiled;

    /// <summary>The last cell that was started.</summary>
    public CSharpCompilation? Latest { get; private set; }

    public IEnumerable<MetadataReference> References => references.All;

    /// <summary>The compilation of code that would come next; nothing is remembered.</summary>
    public CSharpCompilation Next(SyntaxTree tree) => CSharpCompilation.CreateScriptCompilation(
        $"notebook-{compiled}", tree, references.All, Options.WithScriptClassName($"Submission#{compiled}"), Latest);

    /// <exception cref="CellException">The code does not compile.</exception>
    public Submission Compile(string name, string code, CancellationToken cancellationToken)
    {
        var tree = TrailingWith.Accept(Parse(name, code, cancellationToken));
        // The compiler emits nothing for a cell of usings or comments, and its usings would be lost.
        if (tree.GetCompilationUnitRoot(cancellationToken).Members.Count == 0)
            tree = Parse(name, code + "\n;", cancellationToken);
        var compilation = Next(InterruptibleCode.Of(tree));
        using var assemblyStream = new MemoryStream();
        using var symbolStream = new MemoryStream();
        var emitted = compilation.Emit(
            assemblyStream, symbolStream, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancellationToken);
        if (!emitted.Success)
            throw new CellException(Diagnostics.Failure(AsWritten(tree, emitted.Diagnostics, cancellationToken)));

        assemblyStream.Position = symbolStream.Position = 0;
        var assembly = context.LoadSubmission(assemblyStream, symbolStream);
        compiled++;
        var factory = Factory(compilation, assembly, cancellationToken);
        return new(() => Start(compilation, factory), LastExpression.HasValue(compilation, compilation.SyntaxTrees[0]), Warnings(tree, emitted.Diagnostics, cancellationToken));
    }

    private IReadOnlyList<string> Warnings(SyntaxTree tree, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken) =>
        Diagnostics.UsefulWarnings(diagnostics).Count == 0 ? [] : Diagnostics.UsefulWarnings(AsWritten(tree, diagnostics, cancellationToken));

    // The same messages, at the columns of the code as it was written.
    private IEnumerable<Diagnostic> AsWritten(SyntaxTree tree, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var written = Next(tree).GetDiagnostics(cancellationToken);
        return written.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) || diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error)
            ? written
            : diagnostics;
    }

    private static SyntaxTree Parse(string name, string code, CancellationToken cancellationToken) =>
        CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, name, cancellationToken);

    private static Func<object?[], Task<object?>> Factory(CSharpCompilation compilation, Assembly assembly, CancellationToken cancellationToken)
    {
        var entry = compilation.GetEntryPoint(cancellationToken)!;
        return assembly.GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    // A cell joins the chain when it starts, not when it compiles: one that is interrupted in between has no instance.
    private Task<object?> Start(CSharpCompilation compilation, Func<object?[], Task<object?>> factory)
    {
        if (++instanceCount > instances.Length)
            Array.Resize(ref instances, instances.Length * 2);
        Latest = compilation;
        return factory(instances);
    }
}
