using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Channels;

/// <summary>The five sockets and the one thread that touches them; it runs no handler that could block, so the heart always beats.</summary>
public sealed class KernelSockets : IDisposable
{
    private const string Loopback = "127.0.0.1";
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly WireFormat format;
    private readonly RouterSocket shell = new(), control = new(), stdin = new(), heartbeat = new();
    private readonly XPublisherSocket iopub = new();
    private readonly NetMQQueue<(Channel Channel, IReadOnlyList<byte[]> Frames)> outgoing = new();
    private readonly NetMQPoller poller;
    private readonly ConcurrentQueue<(Channel, IReadOnlyList<byte[]>)> said = new();
    private readonly AutoResetEvent spoken = new(initialState: false);
    private readonly Thread passing;
    private volatile bool closed;

    /// <param name="connection">Where to listen.</param>
    /// <param name="format">Reads what arrives.</param>
    /// <param name="received">Takes each valid message; must not block.</param>
    /// <exception cref="IOException">A port cannot be had.</exception>
    public KernelSockets(ConnectionFile connection, WireFormat format, Action<Channel, JupyterMessage> received)
    {
        this.format = format;
        passing = new Thread(PassOn) { IsBackground = true, Name = "jupyter sending" };
        passing.Start();
        poller = [shell, control, stdin, heartbeat, iopub, outgoing];
        try
        {
            Bind(shell, connection, connection.ShellPort);
            Bind(control, connection, connection.ControlPort);
            Bind(stdin, connection, connection.StdinPort);
            Bind(heartbeat, connection, connection.HeartbeatPort);
            Bind(iopub, connection, connection.IOPubPort);
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }

        iopub.Options.XPubVerbose = true; // every front end that comes is welcomed, not the first alone
        foreach (var (channel, socket) in new[] { (Channel.Shell, shell), (Channel.Control, control), (Channel.Stdin, stdin) })
            socket.ReceiveReady += (_, _) => Receive(channel, socket, received);
        heartbeat.ReceiveReady += (_, _) => heartbeat.TrySendMultipartMessage(heartbeat.ReceiveMultipartMessage());
        iopub.ReceiveReady += (_, _) => Welcome(iopub.ReceiveMultipartMessage());
        outgoing.ReceiveReady += (_, _) => SendWaiting();
        poller.RunAsync("jupyter sockets", isBackgroundThread: true);
    }

    /// <summary>Sends frames from any thread; those of one thread keep their order.</summary>
    public void Send(Channel channel, IReadOnlyList<byte[]> frames)
    {
        // Not into the sockets' queue: a cell's thread may be woken in there, and that queue must not lose count.
        said.Enqueue((channel, frames));
        try
        {
            spoken.Set();
        }
        catch (ObjectDisposedException)
        {
            // What cells have left running may still print when nobody listens any more.
        }
    }

    /// <summary>Sends what still waits and closes the sockets.</summary>
    public void Dispose()
    {
        closed = true;
        spoken.Set();
        passing.Join(Linger);
        if (poller.IsRunning)
            poller.Stop();
        SendWaiting();
        poller.Dispose();
        foreach (var socket in new IDisposable[] { shell, control, stdin, heartbeat, iopub, outgoing })
            socket.Dispose();
        spoken.Dispose();
    }

    private static void Bind(NetMQSocket socket, ConnectionFile connection, int port)
    {
        // A front end that falls behind is to get everything late, not a part in time.
        socket.Options.SendHighWatermark = socket.Options.ReceiveHighWatermark = 0;
        socket.Options.Linger = Linger;
        var address = connection.Ip == "localhost" ? Loopback : connection.Ip.Contains(':', StringComparison.Ordinal) ? $"[{connection.Ip}]" : connection.Ip;
        try
        {
            socket.Bind($"tcp://{address}:{port}");
        }
        catch (Exception problem) when (problem is NetMQException or ArgumentException)
        {
            throw new IOException($"the kernel cannot listen on {address}, port {port}: {problem.Message}", problem);
        }
    }

    private void PassOn()
    {
        do
        {
            spoken.WaitOne();
            while (said.TryDequeue(out var message))
                outgoing.Enqueue(message);
        }
        while (!closed);
    }

    private void Receive(Channel channel, RouterSocket socket, Action<Channel, JupyterMessage> received)
    {
        var frames = socket.ReceiveMultipartMessage().Select(frame => frame.ToByteArray()).ToList();
        if (format.Read(frames) is { } message)
            received(channel, message);
    }

    // Byte 1 and the topic: somebody subscribed, and is told that broadcasts arrive from now on.
    private void Welcome(NetMQMessage subscription)
    {
        var frame = subscription.First.ToByteArray();
        if (subscription.FrameCount != 1 || frame is not [1, .. var topic])
            return;

        var content = new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) };
        Pass(iopub, format.Write([topic], "iopub_welcome", parentHeader: null, content));
    }

    private void SendWaiting()
    {
        while (outgoing.TryDequeue(out var next, TimeSpan.Zero))
            Pass(next.Channel switch { Channel.Shell => shell, Channel.Control => control, Channel.Stdin => stdin, _ => iopub }, next.Frames);
    }

    // To a receiver that has gone, nothing is sent and nothing fails.
    private static void Pass(NetMQSocket socket, IReadOnlyList<byte[]> frames) => socket.TrySendMultipartBytes(frames);
}
