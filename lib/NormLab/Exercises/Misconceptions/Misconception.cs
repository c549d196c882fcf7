namespace NormLab.Exercises;

/// <summary>A way to be wrong that has a name.</summary>
/// <param name="Name">A short name, unique among the misconceptions.</param>
/// <param name="Why">What it does and why that is wrong, in one or two sentences.</param>
/// <param name="Reread">Where the collection derives it.</param>
public sealed record Misconception(string Name, string Why, Reading Reread)
{
    internal Misconception(string name, string why, string notebook, string section)
        : this(name, why, new Reading(notebook, section))
    {
    }
}
