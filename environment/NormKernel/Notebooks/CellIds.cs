using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace NormKernel.Notebooks;

/// <summary>Ids for cells that lack a usable one: made from the cell's text, so that two runs of one notebook agree.</summary>
public static partial class CellIds
{
    /// <summary>Gives an id to each cell that has none, one that nbformat does not allow, or one that an earlier cell has.</summary>
    public static void Complete(Notebook notebook)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var incomplete = notebook.Cells.Where(cell => !AllowedId().IsMatch(cell.Id) || !taken.Add(cell.Id)).ToList();
        foreach (var cell in incomplete)
        {
            var id = IdFor(cell, attempt: 0);
            for (var attempt = 1; !taken.Add(id); attempt++)
                id = IdFor(cell, attempt);
            cell.Json["id"] = id;
        }
    }

    private static string IdFor(Cell cell, int attempt)
    {
        var text = $"{cell.Json["cell_type"]}\n{attempt}\n{cell.Source}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex AllowedId();
}
