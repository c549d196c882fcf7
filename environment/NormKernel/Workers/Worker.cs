using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using NormKernel.Engine;

namespace NormKernel.Workers;

/// <summary>The process that runs one notebook's cells for a runner.</summary>
public static class Worker
{
    /// <summary>Serves requests until their pipe closes, which it does too when the runner dies.</summary>
    /// <param name="requestPipeHandle">The reading end of the runner's pipe for requests.</param>
    /// <param name="eventPipeHandle">The writing end of the runner's pipe for events.</param>
    /// <param name="baseDirectory">The notebook's folder.</param>
    public static int Run(string requestPipeHandle, string eventPipeHandle, string baseDirectory)
    {
        // Ctrl+C reaches every process of the terminal; what it means is the runner's to decide.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var requests = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, requestPipeHandle), Encoding.UTF8);
        using var events = new EventWriter(new AnonymousPipeClientStream(PipeDirection.Out, eventPipeHandle));
        Directory.SetCurrentDirectory(baseDirectory);
        Console.SetIn(TextReader.Null);

        using var waiting = new BlockingCollection<CellRequest>();
        Read(requests, waiting);
        DebuggerWait.IfAsked();
        using var session = new CSharpSession(baseDirectory);
        session.WarmUp();
        foreach (var request in waiting.GetConsumingEnumerable())
            Execute(session, request, events);
        return 0;
    }

    private static void Execute(CSharpSession session, CellRequest request, EventWriter events)
    {
        var outcome = session.Execute($"cell {request.ExecutionCount}", request.Source, new EventSink(request.Cell, events));
        NativeOutput.Flush();
        if (outcome.Value is { } value)
            events.Write(new CellResult(request.Cell, value));
        if (outcome.Failure is { } failure)
            events.Write(new CellError(request.Cell, failure.Name, failure.Message, [.. failure.Lines]));
        events.Write(new CellFinished(request.Cell, outcome.Ok));
    }

    private static void Read(StreamReader requests, BlockingCollection<CellRequest> waiting)
    {
        var reader = new Thread(() =>
        {
            while (requests.ReadLine() is { } line)
                waiting.Add(WorkerMessages.ReadRequest(line));
            // A cell may still run and may never end: nobody is left to hear of it.
            Environment.Exit(0);
        });
        reader.IsBackground = true;
        reader.Name = "requests";
        reader.Start();
    }
}
