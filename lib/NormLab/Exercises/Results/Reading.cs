namespace NormLab.Exercises;

/// <summary>A place in the collection.</summary>
/// <param name="Notebook">The number that the notebook's file name starts with: "01".</param>
/// <param name="Section">A heading of that notebook, as it stands there.</param>
public sealed record Reading(string Notebook, string Section)
{
    /// <summary>The place in words.</summary>
    public override string ToString() => $"notebook {Notebook}, \"{Section}\"";
}
