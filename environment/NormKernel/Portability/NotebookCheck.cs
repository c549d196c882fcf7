using NormKernel.Notebooks;
using NormKernel.Portability.Code;
using NormKernel.Portability.GitHub;

namespace NormKernel.Portability;

/// <summary>Finds, without running anything, what in a notebook does not work in every front end or does not show on GitHub.</summary>
public static class NotebookCheck
{
    /// <summary>The name of the notebook that all others import, and the only one that may ask for packages.</summary>
    public const string SetupName = "setup.ipynb";

    /// <exception cref="NotebookException">The file is missing, unreadable or no nbformat 4 notebook.</exception>
    public static IReadOnlyList<Finding> Find(string path) =>
        [.. Find(Notebook.Load(path), path), .. SizeRules.OfFile(path, new FileInfo(path).Length)];

    /// <summary>The same for a notebook in memory, all but the size of its file.</summary>
    public static IReadOnlyList<Finding> Find(Notebook notebook, string path)
    {
        var cells = CodeCell.Of(notebook, path).ToList();
        return
        [
            .. MetadataRules.Find(notebook, path),
            .. ImportRule.Find(cells, path),
            .. cells.SelectMany(Find),
            .. SizeRules.OfOutputs(notebook, path),
            .. PictureRules.Find(notebook, path),
        ];
    }

    private static IEnumerable<Finding> Find(CodeCell cell) =>
    [
        .. DirectiveRules.Find(cell),
        .. DeclarationRules.Find(cell),
        .. CallRules.Find(cell),
        .. LastExpressionRules.Find(cell),
    ];
}
