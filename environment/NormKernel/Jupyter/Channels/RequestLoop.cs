using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Channels;

/// <summary>Answers one channel's requests on a thread of its own, in the order in which they came.</summary>
/// <param name="channel">Where the requests come from and the replies go.</param>
/// <param name="frontEnd">Hears when a request begins and ends.</param>
/// <param name="handlers">By the type of the request: what to do and what to reply (null: nothing).</param>
public sealed class RequestLoop(Channel channel, FrontEnd frontEnd, IReadOnlyDictionary<string, Func<JupyterMessage, JsonObject?>> handlers)
{
    private readonly BlockingCollection<JupyterMessage> waiting = [];
    private readonly Queue<(JupyterMessage Request, bool IsAborted)> due = [];
    private Thread? thread;

    public void Start()
    {
        thread = new Thread(Run) { IsBackground = true, Name = $"jupyter {channel}" };
        thread.Start();
    }

    public void Add(JupyterMessage request)
    {
        try
        {
            waiting.Add(request);
        }
        catch (InvalidOperationException)
        {
            // Stopped: nobody answers any more.
        }
    }

    /// <summary>
    /// For a handler that has failed: requests of a type that have come, or come in the next moment, are not carried out. A front
    /// end that runs all cells sends them in one go, and nothing is sent in answer to a reply that has not left yet.
    /// </summary>
    public void Abort(string type, TimeSpan moment)
    {
        Thread.Sleep(moment);
        while (waiting.TryTake(out var request))
            due.Enqueue((request, request.Type == type));
    }

    /// <summary>Takes no more requests and waits for the one in work.</summary>
    public void Stop(TimeSpan patience)
    {
        waiting.CompleteAdding();
        while (waiting.TryTake(out _))
        {
        }

        thread?.Join(patience);
    }

    private void Run()
    {
        foreach (var request in waiting.GetConsumingEnumerable())
        {
            Handle(request, isAborted: false);
            while (due.TryDequeue(out var next))
                Handle(next.Request, next.IsAborted);
        }
    }

    private void Handle(JupyterMessage request, bool isAborted)
    {
        frontEnd.PublishState(request, "busy");
        if ((isAborted ? ReplyContent.Aborted() : Answer(request)) is { } reply)
            frontEnd.Reply(channel, request, ReplyType(request.Type), reply);
        frontEnd.PublishState(request, "idle");
    }

    private JsonObject? Answer(JupyterMessage request)
    {
        try
        {
            if (handlers.TryGetValue(request.Type, out var handler))
                return handler(request);

            // Silence would leave whoever asked waiting.
            return request.Type.EndsWith("_request", StringComparison.Ordinal)
                ? ReplyContent.Error("NotSupported", $"This kernel does not know `{request.Type}` on its {channel.ToString().ToLowerInvariant()} channel.")
                : null;
        }
        catch (MessageException problem)
        {
            return ReplyContent.Error("InvalidMessage", $"{request.Type}: {problem.Message}");
        }
        catch (Exception problem) // whatever a handler throws, the kernel goes on
        {
            return ReplyContent.Error(problem.GetType().Name, problem.Message);
        }
    }

    private static string ReplyType(string type) =>
        type.EndsWith("_request", StringComparison.Ordinal) ? string.Concat(type.AsSpan(0, type.Length - "request".Length), "reply") : type + "_reply";
}
