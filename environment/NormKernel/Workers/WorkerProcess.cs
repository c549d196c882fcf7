using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace NormKernel.Workers;

/// <summary>The runner's end of a worker: one process for one notebook.</summary>
public sealed class WorkerProcess : IDisposable
{
    // A process inherits what is inheritable at the moment it starts: two starts at once would each hold the other's pipes open.
    private static readonly Lock Starting = new();

    private readonly Process process;
    private readonly StreamWriter requests;
    private readonly Channel<CellEvent> events = Channel.CreateUnbounded<CellEvent>();
    private readonly RawOutput output = new();
    private readonly RawOutput errors = new();
    private volatile int cell;
    private bool disposed;

    private WorkerProcess(Process process, Stream requestPipe, Stream eventPipe)
    {
        this.process = process;
        requests = new StreamWriter(requestPipe, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
        process.StandardInput.Close();
        _ = Pump(eventPipe);
    }

    public int Id => process.Id;

    /// <param name="baseDirectory">The notebook's folder.</param>
    /// <param name="environment">Variables to set for the worker, beyond those of this process.</param>
    public static WorkerProcess Start(string baseDirectory, IReadOnlyDictionary<string, string>? environment = null)
    {
        lock (Starting)
        {
            var requestPipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var eventPipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var start = WorkerCommand.Create(requestPipe.GetClientHandleAsString(), eventPipe.GetClientHandleAsString(), Path.GetFullPath(baseDirectory));
            foreach (var (name, value) in environment ?? new Dictionary<string, string>())
                start.Environment[name] = value;

            var process = Process.Start(start)!;
            requestPipe.DisposeLocalCopyOfClientHandle();
            eventPipe.DisposeLocalCopyOfClientHandle();
            return new(process, requestPipe, eventPipe);
        }
    }

    /// <summary>
    /// Runs a cell; the last event is <see cref="CellFinished"/>, also where the process ends unexpectedly. One cell at a time.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the worker has been killed.</exception>
    public async IAsyncEnumerable<CellEvent> Execute(CellRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cell = request.Cell;
        using var killing = cancellationToken.Register(Kill);
        Send(request);
        // Not the token: a killed worker's events end by themselves, and what it said before is worth keeping.
        await foreach (var cellEvent in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            yield return cellEvent;
            if (cellEvent is CellFinished finished && finished.Cell == request.Cell)
                yield break;
        }

        cancellationToken.ThrowIfCancellationRequested();
        yield return UnexpectedEnd.Error(request.Cell, process.ExitCode, errors.Tail);
        yield return new CellFinished(request.Cell, false);
    }

    /// <summary>Ends the worker and all that it started, at once.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It, or a process it started, was ending by itself.
        }
    }

    /// <summary>Lets the worker go; one that does not go is killed.</summary>
    public void Dispose()
    {
        if (disposed)
            return;

        disposed = true;
        try
        {
            requests.Dispose();
        }
        catch (IOException)
        {
            // The pipe's other end has gone with the process.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(1)))
            Kill();
        process.WaitForExit();
        process.Dispose();
    }

    // A worker that has died cannot read: its events say so.
    private void Send(CellRequest request)
    {
        try
        {
            requests.WriteLine(WorkerMessages.Line(request));
        }
        catch (IOException)
        {
        }
    }

    private async Task Pump(Stream eventPipe)
    {
        var raw = Task.WhenAll(
            output.Read(process.StandardOutput, text => events.Writer.TryWrite(new CellText(cell, "stdout", text))),
            errors.Read(process.StandardError, text => events.Writer.TryWrite(new CellText(cell, "stderr", text))));
        await Task.Factory.StartNew(() => ReadEvents(eventPipe), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        // A process that the worker started and that outlives it may hold these open.
        await Task.WhenAny(raw, Task.Delay(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
        events.Writer.Complete();
    }

    private void ReadEvents(Stream eventPipe)
    {
        using var reader = new StreamReader(eventPipe, Encoding.UTF8);
        try
        {
            while (reader.ReadLine() is { } line)
                events.Writer.TryWrite(WorkerMessages.ReadEvent(line));
        }
        catch (JsonException)
        {
            // A worker that is killed while it writes leaves half a line, and nothing comes after that.
        }
    }
}
