using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NormKernel.Engine.Outputs;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine.Execution;

/// <summary>
/// The one thread that runs a session's cells: libraries keep state per thread (gradient mode, dispose scopes), which has to
/// last from cell to cell. Its stack is large, because a stack overflow ends the process.
/// </summary>
public sealed class CellThread : IDisposable
{
    private const int StackBytes = 256 << 20;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    public CellThread()
    {
        thread = new Thread(Work, StackBytes) { IsBackground = true, Name = "cells" };
        using (ExecutionContext.SuppressFlow())
            thread.Start();
    }

    /// <summary>Runs a compiled cell and formats its value, unless it is not to be shown; both may be interrupted.</summary>
    public CellOutcome Run(Submission submission, Func<object?, JsonObject?> format, CellOutput output)
    {
        var outcome = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action run = () =>
        {
            CellOutput.Current = output;
            try
            {
                outcome.SetResult(RunHere(submission, format, output));
            }
            catch (Exception failure)
            {
                outcome.SetException(failure);
            }
            finally
            {
                CellOutput.Current = null;
            }
        };
        work.Add(run, CancellationToken.None);
        return outcome.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        if (thread.Join(TimeSpan.FromSeconds(1)))
            work.Dispose();
    }

    private static CellOutcome RunHere(Submission submission, Func<object?, JsonObject?> format, CellOutput output)
    {
        Task<object?>? task = null;
        CellOutcome? outcome = null;
        Exception? failure = null;
        var wakening = new Wakening(Thread.CurrentThread, output);
        try
        {
            task = submission.Start();
            Await(task, output.Stop);
            var result = task.GetAwaiter().GetResult();
            outcome = new(submission.HasValue ? format(result) : null, null);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        wakening.End(task);
        if (outcome is null && output.Stop.IsCancellationRequested)
            return new(null, CellFailure.Interrupted(task is { IsCompleted: false } ? "What it awaited may still run in the background." : null));

        return outcome ?? new(null, ExceptionText.Failure(failure!));
    }

    // Unlike Wait, WaitAny leaves the task's own exception as it was thrown.
    private static void Await(Task task, CancellationToken stop)
    {
        try
        {
            Task.WaitAny([task], stop);
        }
        catch (OperationCanceledException)
        {
            Task.WaitAny([task], Grace); // its loops and questions see the interruption too
        }
    }

    private void Work()
    {
        foreach (var item in work.GetConsumingEnumerable())
            item();
    }
}
