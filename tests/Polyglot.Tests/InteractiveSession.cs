using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.PackageManagement;
using KernelInfo = Microsoft.DotNet.Interactive.Documents.KernelInfo;

namespace Polyglot.Tests;

/// <summary>The C# kernel of .NET Interactive with the directives that Polyglot Notebooks gives it.</summary>
internal sealed class InteractiveSession : IDisposable
{
    private readonly CompositeKernel kernel = new();

    public InteractiveSession()
    {
        var csharp = new CSharpKernel();
        csharp.UseNugetDirective((self, packages) =>
        {
            self.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
            return Task.CompletedTask;
        });
        csharp.UseKernelHelpers();
        kernel.Add(csharp, ["c#", "C#"]);
        kernel.UseImportMagicCommand();
        kernel.DefaultKernelName = csharp.Name;
    }

    /// <summary>The notebook's code cells, as the kernel's own reader of files sees them.</summary>
    public static async Task<IReadOnlyList<InteractiveDocumentElement>> CodeCells(string path)
    {
        var kernels = new KernelInfoCollection { new KernelInfo("csharp", "C#", ["c#", "C#"]), new KernelInfo("markdown", "Markdown") };
        var document = await InteractiveDocument.LoadAsync(new FileInfo(path), kernels);
        return [.. document.Elements.Where(element => element.KernelName == "csharp" && !string.IsNullOrWhiteSpace(element.Contents))];
    }

    /// <summary>Runs one cell: what it showed, or what stopped it.</summary>
    public async Task<CellResult> Run(string code, CancellationToken cancellationToken)
    {
        var result = await kernel.SendAsync(new SubmitCode(code, "csharp"), cancellationToken);
        return new CellResult(
            [.. result.Events.OfType<DisplayEvent>().Where(shown => shown is DisplayedValueProduced or ReturnValueProduced)],
            result.Events.OfType<CommandFailed>().FirstOrDefault()?.Message);
    }

    public void Dispose() => kernel.Dispose();
}
