using System.Collections.Immutable;
using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>Several plots under one title, each below its own; a method has one entry in the common legend.</summary>
public sealed record Panels : Chart
{
    /// <param name="title">The finding of the whole.</param>
    /// <param name="plots">The plots, row by row.</param>
    /// <param name="columns">The most plots in a row.</param>
    /// <exception cref="ArgumentException">There is no plot.</exception>
    public Panels(string title, IEnumerable<Plot> plots, int columns)
        : base(title)
    {
        ArgumentNullException.ThrowIfNull(plots);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Plots = [.. plots];
        if (Plots.IsEmpty)
            throw new ArgumentException($"The panels '{title}' got no plot; give at least one.", nameof(plots));

        Columns = Math.Min(columns, Plots.Length);
    }

    /// <summary>The plots, row by row.</summary>
    public ImmutableArray<Plot> Plots { get; }

    /// <summary>The number of plots in a full row.</summary>
    public int Columns { get; }

    internal override Drawn Draw() => Grid.Draw(Title, Plots, Columns, titlePanels: true);
}
