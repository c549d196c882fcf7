using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NormLab.Tests.Data;

/// <summary>Serves one content under every path, on this machine alone.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] content;
    private readonly bool ranges;

    public FileServer(byte[] content, bool ranges = true)
    {
        (this.content, this.ranges) = (content, ranges);
        Address = new($"http://127.0.0.1:{FreePort()}/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = Serve();
    }

    public Uri Address { get; }

    public int BytesSent { get; private set; }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true)
                Answer(await listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // Dispose ends the wait this way.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var range = ranges ? context.Request.Headers["Range"] : null;
        var start = range is null ? 0 : int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        context.Response.StatusCode = range is null ? 200 : start < content.Length ? 206 : 416;
        if (context.Response.StatusCode != 416)
        {
            BytesSent += content.Length - start;
            context.Response.OutputStream.Write(content.AsSpan(start));
        }

        context.Response.Close();
    }
}
