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

    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;
    private SignalMask mask = SignalMask.None;

    public CellThread()
    {
        thread = new Thread(Work, StackBytes) { IsBackground = true, Name = "cells" };
        using (ExecutionContext.SuppressFlow())
            thread.Start();
    }

    /// <summary>Runs a compiled cell and formats its value, unless it is not to be shown; both may be interrupted.</summary>
    public CellOutcome Run(Submission submission, Func<object?, JsonObject?> format, CellOutput output, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action run = () =>
        {
            CellOutput.Current = output;
            try
            {
                outcome.SetResult(Controlled(submission, format, cancellationToken));
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

    private CellOutcome Controlled(Submission submission, Func<object?, JsonObject?> format, CancellationToken cancellationToken)
    {
        // Run never returns with a token that cannot be cancelled.
        using var own = new CancellationTokenSource();
        var token = cancellationToken.CanBeCanceled ? cancellationToken : own.Token;
        var current = Thread.CurrentThread;
        Task<object?>? task = null;
        Exception? failure = null;
        JsonObject? value = null;
        var finished = false;
        try
        {
#pragma warning disable SYSLIB0046 // The abort may leave state torn: an interrupted notebook is told so, and the alternative is to lose all of it.
            ControlledExecution.Run(
                () =>
                {
                    // The abort does not wake a thread that sleeps or waits; this does. Registered inside, because callbacks run
                    // last in, first out, and the abort's blocks.
                    using var waking = token.Register(current.Interrupt);
                    try
                    {
                        task = submission.Start();
                        Task.WaitAny([task], token); // unlike Wait, leaves the task's own exception as it was thrown
                        var result = task.GetAwaiter().GetResult();
                        value = submission.HasValue ? format(result) : null;
                        finished = true;
                    }
                    catch (Exception thrown) when (!token.IsCancellationRequested)
                    {
                        failure = thrown;
                    }
                },
                token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception thrown) when (token.IsCancellationRequested || thrown is OperationCanceledException)
        {
        }

        if (token.IsCancellationRequested)
        {
            mask.Restore();
            ForgetInterrupt();
            if (!finished)
                return new(null, CellFailure.Interrupted(task is { IsCompleted: false } ? "What it awaited may still run in the background." : null));
        }

        return failure is null ? new(value, null) : new(null, ExceptionText.Failure(failure));
    }

    // An interrupt that met no wait stays pending, and would end the next one.
    private static void ForgetInterrupt()
    {
        try
        {
            Thread.Sleep(0);
        }
        catch (ThreadInterruptedException)
        {
        }
    }

    private void Work()
    {
        mask = SignalMask.OfThisThread();
        foreach (var item in work.GetConsumingEnumerable())
            item();
    }
}
