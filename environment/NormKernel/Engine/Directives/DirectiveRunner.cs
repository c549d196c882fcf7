using NormKernel.Engine.Outputs;
using NormKernel.Engine.Packages;

namespace NormKernel.Engine.Directives;

/// <summary>Carries out a cell's directives, in order, before its code.</summary>
public sealed class DirectiveRunner(PackageSession packages, Func<CellSource, CellOutput, CancellationToken, CellOutcome> run)
{
    private readonly Importer importer = new(run);

    public void Run(CellSource cell, IReadOnlyList<Directive> directives, CellOutput output, CancellationToken cancellationToken)
    {
        // Packages that stand together are restored together.
        var wanted = new List<PackageRequest>();
        foreach (var directive in directives)
        {
            if (directive is PackageDirective package)
            {
                wanted.Add(new(package.Id, package.Version));
                continue;
            }

            packages.Add(wanted, output, cancellationToken);
            wanted.Clear();
            Run(cell, directive, output, cancellationToken);
        }

        packages.Add(wanted, output, cancellationToken);
    }

    private void Run(CellSource cell, Directive directive, CellOutput output, CancellationToken cancellationToken)
    {
        switch (directive)
        {
            case AssemblyDirective assembly:
                packages.AddAssembly(Existing(cell, directive, assembly.Path));
                break;
            case ImportDirective import:
                importer.Import(Existing(cell, directive, import.Path), output, cancellationToken);
                break;
            case SourceDirective:
                output.Write("stderr", $"{cell.Name}, line {directive.Line}: #i is ignored; package sources are those of NuGet.Config.\n");
                break;
        }
    }

    private static string Existing(CellSource cell, Directive directive, string path)
    {
        var full = Path.GetFullPath(path, cell.Directory);
        return File.Exists(full)
            ? full
            : throw new CellException("FileNotFound", $"{cell.Name}, line {directive.Line}: there is no file {full} (`{path}` is relative to {cell.Directory}).");
    }
}
