using NormKernel.Engine.Displays;
using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.InCells;

/// <summary>What every cell can call without a using: only what other notebook front ends have too.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value below the cell, now.</summary>
    public static DisplayHandle Display(this object? value)
    {
        var output = CellOutput.Current
            ?? throw new InvalidOperationException("Display() was called from code that no cell started, so there is no cell to show the value below.");
        return new DisplayHandle(output, output.Display(MimeBundle.Of(value)));
    }
}
