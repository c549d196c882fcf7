using System.Runtime.CompilerServices;
using NormKernel.Workers;

namespace NormKernel.Running;

/// <summary>A cell's events, which end soon after an interruption even where the process has more to say or hangs in its end.</summary>
public static class StoppableEvents
{
    // What a cell said before it was stopped is worth waiting for, but a user who pressed Ctrl-C is not to wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <exception cref="OperationCanceledException">The token was cancelled and the events have ended or did not in time.</exception>
    public static async IAsyncEnumerable<CellEvent> Of(
        ICellExecutor executor, CellRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => patience.CancelAfter(Patience));
        var events = executor.Execute(request, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        var isWaiting = false;
        try
        {
            while (true)
            {
                patience.Token.ThrowIfCancellationRequested();
                isWaiting = true;
                var hasNext = await events.MoveNextAsync().AsTask().WaitAsync(patience.Token);
                isWaiting = false;
                if (!hasNext)
                    break;
                yield return events.Current;
            }
        }
        finally
        {
            // An enumerator cannot be disposed of while it waits for its next event.
            if (!isWaiting)
                await events.DisposeAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
