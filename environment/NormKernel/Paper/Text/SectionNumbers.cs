using System.Globalization;

namespace NormKernel.Paper.Text;

/// <summary>Counts sections: 3 for the chapter, 3.2 for a section, 3.2.1 for a part of one; deeper headings have no number.</summary>
public sealed class SectionNumbers(int chapter)
{
    private int section;
    private int part;

    /// <summary>The number of the next heading, given its level; 1 is the chapter's title.</summary>
    public string Next(int level)
    {
        if (level == 1)
            return string.Create(CultureInfo.InvariantCulture, $"{chapter}");
        if (level == 2)
        {
            (section, part) = (section + 1, 0);
            return string.Create(CultureInfo.InvariantCulture, $"{chapter}.{section}");
        }

        return level == 3 ? string.Create(CultureInfo.InvariantCulture, $"{chapter}.{section}.{++part}") : "";
    }
}
