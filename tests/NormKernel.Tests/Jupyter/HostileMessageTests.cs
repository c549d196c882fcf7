using System.Net.Sockets;
using System.Text;
using NetMQ;

namespace NormKernel.Tests.Jupyter;

public sealed class HostileMessageTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private const string Harm = "harmed = true;";

    private readonly KernelClient client = kernel.Client;

    [Fact]
    public void A_message_with_a_wrong_signature_is_dropped()
    {
        client.Execute("var harmed = false;");
        var frames = Request("wrong signature");
        frames[1][0] ^= 1;
        client.Shell.SendMultipartBytes(frames);
        client.Shell.SendMultipartBytes([frames[0], [], .. frames[2..]]);
        AssertUnharmed();
    }

    [Fact]
    public void A_message_that_comes_again_is_dropped()
    {
        client.Execute("var times = 0;");
        var frames = client.Frames(KernelClient.Header("replayed", "execute_request"), "{\"code\": \"times++;\"}");
        client.Shell.SendMultipartBytes(frames);
        client.Shell.SendMultipartBytes(frames);
        client.Receive(client.Shell);
        client.Broadcasts("replayed");
        Assert.Equal("1", client.Execute("times").Messages[2].Plain);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"msg_type\": 1}", "{}")]
    [InlineData("{\"msg_type\": \"execute_request\"", "{}")]
    [InlineData("{\"msg_type\": \"\\ud800\"}", "{}")]
    [InlineData("{\"msg_type\": \"execute_request\"}", "[]")]
    [InlineData("{\"msg_type\": \"execute_request\"}", "{\"code\": \"harmed = true;\", \"code\": 1}")]
    public void A_signed_message_that_is_no_message_is_dropped(string header, string content)
    {
        client.Execute("var harmed = false;");
        client.Shell.SendMultipartBytes(client.Frames(header, content));
        AssertUnharmed();
    }

    [Fact]
    public void A_message_nested_too_deeply_is_dropped()
    {
        client.Execute("var harmed = false;");
        client.Shell.SendMultipartBytes(client.Frames("{\"msg_type\": \"execute_request\"}", string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
        AssertUnharmed();
    }

    [Fact]
    public void Random_damage_to_messages_ends_nothing_and_runs_nothing()
    {
        client.Execute("var harmed = false;");
        var random = new Random(20_260_101);
        foreach (var socket in Enumerable.Repeat(new[] { client.Shell, client.Control, client.Stdin }, 200).SelectMany(sockets => sockets))
            socket.SendMultipartBytes(Damaged(random));
        AssertUnharmed();
    }

    [Fact]
    public void Bytes_that_are_no_ZeroMQ_at_all_end_nothing()
    {
        client.Execute("var harmed = false;");
        var random = new Random(7);
        var connection = kernel.Connection;
        foreach (var port in new[] { connection.ShellPort, connection.ControlPort, connection.StdinPort, connection.HeartbeatPort, connection.IOPubPort })
        {
            for (var attempt = 0; attempt < 20; attempt++)
            {
                using var raw = new TcpClient(connection.Ip, port);
                var bytes = new byte[random.Next(1, 300)];
                random.NextBytes(bytes);
                if (attempt % 2 == 0)
                    bytes[0] = 0xFF; // how a greeting starts
                raw.GetStream().Write(bytes);
            }
        }

        AssertUnharmed();
    }

    private void AssertUnharmed()
    {
        Assert.Equal("false", client.Execute("harmed").Messages[2].Plain?.ToLowerInvariant());
        Assert.Equal("ok", client.Ask(client.Control, "kernel_info_request")["status"]!.GetValue<string>());
        Assert.Equal("beat", BeatingHeart.Answer(client, "beat"));
    }

    private byte[][] Request(string id) => client.Frames(KernelClient.Header(id, "execute_request"), $"{{\"code\": \"{Harm}\"}}");

    private byte[][] Damaged(Random random)
    {
        var frames = Request($"{random.Next()}").ToList();
        switch (random.Next(5))
        {
            case 0:
                frames.RemoveAt(random.Next(frames.Count));
                break;
            case 1:
                frames[random.Next(frames.Count)] = [];
                break;
            case 2:
                frames.Insert(random.Next(1, frames.Count), Encoding.UTF8.GetBytes("<IDS|MSG>"));
                break;
            case 3:
                (frames[1], frames[2]) = (frames[2], frames[1]);
                break;
            default:
                var frame = frames[random.Next(frames.Count)];
                frame[random.Next(frame.Length)] ^= (byte)random.Next(1, 256);
                break;
        }

        return [.. frames];
    }
}
