using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NormKernel.Tests.Browser;

/// <summary>Chromium's DevTools protocol over a WebSocket: commands with their answers, and events as they come.</summary>
public sealed class DevTools : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> waiting = new();
    private readonly SemaphoreSlim sending = new(1);
    private int last;

    /// <summary>Hears of every event: its name, the session of its page, and its parameters.</summary>
    public event Action<string, string?, JsonObject>? Event;

    public static async Task<DevTools> Connect(Uri address, CancellationToken cancellation)
    {
        var tools = new DevTools();
        await tools.socket.ConnectAsync(address, cancellation);
        _ = Task.Run(tools.Receive, CancellationToken.None);
        return tools;
    }

    /// <param name="method">As "Page.navigate".</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="session">Which page, or null for the browser.</param>
    /// <param name="cancellation">Ends the wait for the answer.</param>
    /// <exception cref="InvalidOperationException">The browser answered with an error.</exception>
    public async Task<JsonObject> Send(string method, JsonObject? parameters, string? session, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref last);
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            message["sessionId"] = session;
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            sending.Release();
        }

        var result = await answer.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        return result["error"] is { } error
            ? throw new InvalidOperationException($"{method}: {error["message"]}")
            : (JsonObject)result["result"]!;
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }

    private async Task Receive()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;

                var json = JsonNode.Parse(message.ToArray())!.AsObject();
                if (json["id"]?.GetValue<int>() is { } id && waiting.TryRemove(id, out var answer))
                    answer.SetResult(json);
                else if (json["method"]?.GetValue<string>() is { } method)
                    Event?.Invoke(method, json["sessionId"]?.GetValue<string>(), json["params"] as JsonObject ?? []);
            }
        }
        catch (Exception closed) when (closed is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            foreach (var answer in waiting.Values)
                answer.TrySetException(new InvalidOperationException("The browser has closed the connection.", closed));
        }
    }
}
