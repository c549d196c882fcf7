using NormKernel.Engine.Displays;
using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.InCells;

/// <summary>A shown value.</summary>
public sealed class DisplayHandle
{
    private readonly CellOutput output;
    private readonly string id;

    internal DisplayHandle(CellOutput output, string id) => (this.output, this.id) = (output, id);

    /// <summary>Shows another value in its place.</summary>
    // As the output of the cell that says so: front ends may have stopped listening to the one that showed it.
    public void Update(object? value) => (CellOutput.Current ?? output).Update(id, MimeBundle.Of(value));
}
