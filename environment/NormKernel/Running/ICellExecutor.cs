using NormKernel.Workers;

namespace NormKernel.Running;

/// <summary>What executes the cells of one notebook; disposing it ends the process behind it.</summary>
public interface ICellExecutor : IAsyncDisposable
{
    /// <summary>The cell's events, the last of which is <see cref="CellFinished"/>. Cancelling ends the process at once.</summary>
    IAsyncEnumerable<CellEvent> Execute(CellRequest request, CancellationToken cancellationToken);
}
