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
        var emitted = Emit(compilation, cancellationToken);
        // Messages are those of the code as it was written.
        if (!emitted.Result.Success)
            emitted = Emit(compilation = Next(tree), cancellationToken);
        if (!emitted.Result.Success)
            throw new CellException(Diagnostics.Failure(emitted.Result.Diagnostics));

        var assembly = context.LoadSubmission(emitted.Assembly, emitted.Symbols);
        compiled++;
        var factory = Factory(compilation, assembly, cancellationToken);
        var warnings = Diagnostics.UsefulWarnings(emitted.Result.Diagnostics);
        if (warnings.Count > 0)
            warnings = Diagnostics.UsefulWarnings(Next(tree).GetDiagnostics(cancellationToken));
        return new(() => Start(compilation, factory), LastExpression.HasValue(compilation, compilation.SyntaxTrees[0]), warnings);
    }

    private static (EmitResult Result, MemoryStream Assembly, MemoryStream Symbols) Emit(CSharpCompilation compilation, CancellationToken cancellationToken)
    {
        var (assembly, symbols) = (new MemoryStream(), new MemoryStream());
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
        var result = compilation.Emit(assembly, symbols, options: options, cancellationToken: cancellationToken);
        assembly.Position = symbols.Position = 0;
        return (result, assembly, symbols);
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
