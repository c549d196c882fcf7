using System.Collections.Concurrent;
using System.Runtime;
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
    private SignalMask mask = SignalMask.None;

    public CellThread()
    {
        thread = new Thread(Work, StackBytes) { IsBackground = true, Name = "cells" };
        using (ExecutionContext.SuppressFlow())
            thread.Start();
    }

    /// <summary>Whether a cell was aborted since this was last set to false: no cell, no library could do anything about that.</summary>
    public bool WasAborted { get; set; }

    /// <summary>Runs a compiled cell and formats its value, unless it is not to be shown; both may be interrupted.</summary>
    public CellOutcome Run(Submission submission, Func<object?, JsonObject?> format, CellOutput output)
    {
        var outcome = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action run = () =>
        {
            CellOutput.Current = output;
            try
            {
                outcome.SetResult(Controlled(submission, format, output));
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

    private CellOutcome Controlled(Submission submission, Func<object?, JsonObject?> format, CellOutput output)
    {
        var stop = output.Stop;
        Task<object?>? task = null;
        Exception? failure = null;
        JsonObject? value = null;
        var finished = false;
        using var escalation = new Escalation(Thread.CurrentThread, output);
        try
        {
#pragma warning disable SYSLIB0046 // The abort may leave a library's state torn: an interrupted notebook is told so, and the alternative is to lose all of it.
            ControlledExecution.Run(
                () =>
                {
                    try
                    {
                        task = submission.Start();
                        Await(task, stop);
                        var result = task.GetAwaiter().GetResult();
                        value = submission.HasValue ? format(result) : null;
                        finished = true;
                    }
                    catch (Exception thrown) when (!stop.IsCancellationRequested)
                    {
                        failure = thrown;
                    }
                },
                escalation.Abort);
#pragma warning restore SYSLIB0046
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
        }

        escalation.End(task);
        if (stop.IsCancellationRequested)
        {
            WasAborted |= escalation.Abort.IsCancellationRequested;
            mask.Restore();
            if (!finished)
                return new(null, CellFailure.Interrupted(task is { IsCompleted: false } ? "What it awaited may still run in the background." : null));
        }

        return failure is null ? new(value, null) : new(null, ExceptionText.Failure(failure));
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
        mask = SignalMask.OfThisThread();
        foreach (var item in work.GetConsumingEnumerable())
            item();
    }
}
