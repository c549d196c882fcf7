using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Tests.Jupyter;

/// <summary>A front end: it knows the wire protocol from its description and uses nothing of the kernel's.</summary>
public sealed class KernelClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Delimiter = "<IDS|MSG>";

    private readonly byte[] key;
    private readonly SubscriberSocket iopub = new();

    public KernelClient(ConnectionFile connection)
    {
        key = Encoding.UTF8.GetBytes(connection.Key);
        foreach (var (socket, port) in new (NetMQSocket, int)[]
        {
            (Shell, connection.ShellPort), (Control, connection.ControlPort), (Stdin, connection.StdinPort), (Heartbeat, connection.HeartbeatPort), (iopub, connection.IOPubPort),
        })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.Identity = Identity; // the same on shell and stdin, by which questions find back
            socket.Connect($"tcp://{connection.Ip}:{port}");
        }

        iopub.SubscribeToAnyTopic();
    }

    public DealerSocket Shell { get; } = new();

    public DealerSocket Control { get; } = new();

    public DealerSocket Stdin { get; } = new();

    public RequestSocket Heartbeat { get; } = new();

    private byte[] Identity { get; } = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));

    /// <summary>A connection to ports that are free now.</summary>
    public static ConnectionFile FreeConnection(string key = "a key")
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        listeners.ForEach(listener => listener.Stop());
        return new("127.0.0.1", key, ports[0], ports[1], ports[2], ports[3], ports[4]);
    }

    /// <summary>Sends a message and returns its id.</summary>
    public string Send(DealerSocket socket, string type, JsonObject? content = null)
    {
        var id = Guid.NewGuid().ToString("N");
        socket.SendMultipartBytes(Frames(Header(id, type), (content ?? []).ToJsonString()));
        return id;
    }

    public static string Header(string id, string type) =>
        new JsonObject { ["msg_id"] = id, ["session"] = "test", ["username"] = "test", ["date"] = "2026-01-01T00:00:00Z", ["msg_type"] = type, ["version"] = "5.4" }.ToJsonString();

    /// <summary>A signed message of these parts.</summary>
    public byte[][] Frames(string header, string content)
    {
        byte[][] parts = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), Encoding.UTF8.GetBytes(content)];
        return [Encoding.ASCII.GetBytes(Delimiter), Encoding.ASCII.GetBytes(Sign(parts)), .. parts];
    }

    /// <summary>Waits for the next message; fails where none comes or its signature is wrong.</summary>
    /// <param name="socket">Where.</param>
    /// <param name="wanted">What the wait is for, in the words of the failure.</param>
    /// <param name="patience">How long; 20 seconds if not said.</param>
    public ReceivedMessage Receive(NetMQSocket socket, string wanted = "a message", TimeSpan? patience = null)
    {
        var frames = new List<byte[]>();
        if (!socket.TryReceiveMultipartBytes(patience ?? Patience, ref frames))
            throw new TimeoutException($"{wanted} did not come on {Name(socket)} within {(patience ?? Patience).TotalSeconds} s");

        var start = frames.FindIndex(frame => Encoding.ASCII.GetString(frame) == Delimiter);
        var parts = frames.Skip(start + 2).Take(4).ToArray();
        if (Encoding.ASCII.GetString(frames[start + 1]) != Sign(parts))
            throw new CryptographicException("the kernel's signature is wrong");

        return new(Json(parts[0]), Json(parts[1]), Json(parts[3]));
    }

    /// <summary>The content of the next reply, which must be to this request.</summary>
    public JsonObject Reply(NetMQSocket socket, string id, string wanted = "a reply", TimeSpan? patience = null)
    {
        var reply = Receive(socket, wanted, patience);
        return reply.ParentId == id ? reply.Content : throw new InvalidOperationException($"a reply to another request came: {reply.Type}");
    }

    /// <summary>Sends a request and returns the reply's content.</summary>
    public JsonObject Ask(DealerSocket socket, string type, JsonObject? content = null) => Reply(socket, Send(socket, type, content), $"the reply to {type}");

    public JsonObject Ask(string type, JsonObject? content = null) => Ask(Shell, type, content);

    /// <summary>Waits until broadcasts arrive.</summary>
    public void AwaitWelcome()
    {
        while (Receive(iopub, "the welcome").Type != "iopub_welcome")
        {
        }
    }

    /// <summary>The broadcasts about a request, up to its idle.</summary>
    public IReadOnlyList<ReceivedMessage> Broadcasts(string id)
    {
        var messages = new List<ReceivedMessage>();
        while (messages is not [.., { State: "idle" }])
        {
            var message = Receive(iopub, "the end of the request's broadcasts");
            if (message.ParentId == id)
                messages.Add(message);
        }

        return messages;
    }

    /// <summary>The next broadcast about a request of this type.</summary>
    public ReceivedMessage Broadcast(string id, string type)
    {
        while (true)
        {
            var message = Receive(iopub, $"a broadcast {type}");
            if (message.ParentId == id && message.Type == type)
                return message;
        }
    }

    /// <summary>Runs a cell; returns its reply and broadcasts.</summary>
    public (JsonObject Reply, IReadOnlyList<ReceivedMessage> Messages) Execute(string code, JsonObject? options = null)
    {
        var content = options ?? [];
        content["code"] = code;
        var id = Send(Shell, "execute_request", content);
        return (Reply(Shell, id, $"the reply to the cell `{code}`"), Broadcasts(id));
    }

    public void Dispose()
    {
        foreach (var socket in new IDisposable[] { Shell, Control, Stdin, Heartbeat, iopub })
            socket.Dispose();
    }

    private string Name(NetMQSocket socket) =>
        socket == Shell ? "shell" : socket == Control ? "control" : socket == Stdin ? "stdin" : socket == iopub ? "iopub" : "heartbeat";

    private string Sign(byte[][] parts) => key.Length == 0 ? "" : Convert.ToHexStringLower(HMACSHA256.HashData(key, parts.SelectMany(part => part).ToArray()));

    private static JsonObject Json(byte[] part) => JsonNode.Parse(part)!.AsObject();
}

/// <summary>A message from the kernel.</summary>
public sealed record ReceivedMessage(JsonObject Header, JsonObject ParentHeader, JsonObject Content)
{
    public string Type => Header["msg_type"]!.GetValue<string>();

    public string? ParentId => ParentHeader["msg_id"]?.GetValue<string>();

    public string? State => Content["execution_state"]?.GetValue<string>();

    /// <summary>The plain text of what it shows.</summary>
    public string? Plain => Content["data"]?["text/plain"]?.GetValue<string>();
}
