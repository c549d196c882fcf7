using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine.Completion;

/// <summary>
/// The notebook as Roslyn's editor services want it: a project for each cell that ran, each referring to the one before.
/// Not thread-safe.
/// </summary>
public sealed class NotebookWorkspace(SubmissionChain submissions) : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = SubmissionChain.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);

    private readonly AdhocWorkspace workspace = new(MefHostServices.DefaultHost);
    private readonly List<(CSharpCompilation Cell, ProjectId Project)> mirrored = [];

    // References of its own: the compiler keeps symbols with them, and would mix ours with those of the cells that run.
    private readonly Dictionary<string, MetadataReference> references = new(StringComparer.Ordinal);
    private Solution? solution;

    /// <summary>The cell that is being written, as the next one after those that ran.</summary>
    public Document Document(string code)
    {
        Mirror();
        var next = Add(solution!, code, [.. submissions.References], out var project);
        return next.GetProject(project)!.Documents.Single();
    }

    public void Dispose() => workspace.Dispose();

    private void Mirror()
    {
        solution ??= workspace.CurrentSolution;
        foreach (var cell in Missing())
        {
            var code = cell.SyntaxTrees.Single().GetText().ToString();
            solution = Add(solution, code, [.. cell.References], out var project);
            mirrored.Add((cell, project));
            // Solutions that are made of this one share what it has compiled, and nothing that they compile themselves.
            solution.GetProject(project)!.GetCompilationAsync().GetAwaiter().GetResult();
        }
    }

    private Stack<CSharpCompilation> Missing()
    {
        var missing = new Stack<CSharpCompilation>();
        var known = mirrored.Count == 0 ? null : mirrored[^1].Cell;
        for (var cell = submissions.Latest; cell is not null && cell != known; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
            missing.Push(cell);
        return missing;
    }

    private Solution Add(Solution before, string code, IReadOnlyList<MetadataReference> cellReferences, out ProjectId project)
    {
        project = ProjectId.CreateNewId();
        var name = $"cell{mirrored.Count}";
        var info = ProjectInfo.Create(
            project,
            VersionStamp.Default,
            name,
            name,
            LanguageNames.CSharp,
            compilationOptions: SubmissionChain.Options,
            parseOptions: ParseOptions,
            projectReferences: mirrored.Count == 0 ? [] : [new ProjectReference(mirrored[^1].Project)],
            metadataReferences: cellReferences.OfType<PortableExecutableReference>().Select(Own),
            isSubmission: true);
        var document = DocumentInfo.Create(
            DocumentId.CreateNewId(project),
            name,
            sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Default)));
        return before.AddProject(info.WithDocuments([document]));
    }

    private MetadataReference Own(PortableExecutableReference reference)
    {
        var file = reference.FilePath!;
        if (!references.TryGetValue(file, out var own))
        {
            var documentation = XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(file, ".xml"));
            references[file] = own = MetadataReference.CreateFromFile(file, documentation: documentation);
        }

        return own;
    }
}
