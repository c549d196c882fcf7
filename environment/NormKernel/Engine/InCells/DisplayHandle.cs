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
    public void Update(object? value) => output.Update(id, MimeBundle.Of(value));
}
