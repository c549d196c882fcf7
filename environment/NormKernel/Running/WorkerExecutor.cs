using NormKernel.Workers;

namespace NormKernel.Running;

/// <summary>Executes cells in a process of their own.</summary>
public sealed class WorkerExecutor(WorkerProcess worker) : ICellExecutor
{
    public IAsyncEnumerable<CellEvent> Execute(CellRequest request, CancellationToken cancellationToken) =>
        worker.Execute(request, cancellationToken);

    public ValueTask DisposeAsync()
    {
        worker.Dispose();
        return ValueTask.CompletedTask;
    }
}
