namespace NormKernel.Claims;

/// <summary>A claim that notebooks name and no output records: its cell was not run, shows nothing, or the id is misspelt.</summary>
/// <param name="Id">The name.</param>
/// <param name="NamedIn">The files that name it, in order.</param>
public sealed record MissingClaim(string Id, IReadOnlyList<string> NamedIn)
{
    /// <summary>
    /// An id is letters, two digits and words (AB01-some-words), with the letters of an id that has a record: so other
    /// words of that shape are taken for none. What a notebook that has not been run states is not missing but to come.
    /// </summary>
    public static IReadOnlyList<MissingClaim> Among(IReadOnlyCollection<NotebookClaims> collection)
    {
        var recorded = collection.SelectMany(notebook => notebook.Records).Select(claim => claim.Id).ToHashSet(StringComparer.Ordinal);
        var letters = recorded.Select(NotebookClaims.LettersOf).ToHashSet(StringComparer.Ordinal);
        var toCome = collection.Where(notebook => !notebook.HasRun).SelectMany(notebook => notebook.InCode).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. collection.Where(notebook => notebook.HasRun)
                .SelectMany(notebook => notebook.Named.Select(id => (Id: id, notebook.File)))
                .Where(named => letters.Contains(NotebookClaims.LettersOf(named.Id)) && !recorded.Contains(named.Id) && !toCome.Contains(named.Id))
                .GroupBy(named => named.Id, named => named.File, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new MissingClaim(group.Key, [.. group])),
        ];
    }
}
