using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Tests.Jupyter.Wire;

public sealed class WireFormatTests
{
    [Fact]
    public void The_signature_is_that_of_RFC_4231()
    {
        // Test case 2 of the RFC, its data cut into the four parts of a message.
        byte[][] parts = ["what do ya "u8.ToArray(), "want "u8.ToArray(), "for "u8.ToArray(), "nothing?"u8.ToArray()];
        var signature = Encoding.ASCII.GetString(new MessageSignature("Jefe").Of(parts));
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", signature);
    }

    [Fact]
    public void What_is_written_is_read_once_and_by_the_right_key_only()
    {
        var frames = new WireFormat("key").Write([[1, 2]], "execute_request", "{\"msg_id\":\"7\"}"u8.ToArray(), new() { ["code"] = "1" });
        var reader = new WireFormat("key");
        var message = reader.Read(frames);
        Assert.NotNull(message);
        Assert.Equal(("execute_request", "1"), (message.Type, message.Content.Text("code")));
        Assert.Equal([1, 2], Assert.Single(message.Identities));
        Assert.Null(reader.Read(frames));
        Assert.Null(new WireFormat("another key").Read(frames));
        Assert.Equal("{\"msg_id\":\"7\"}", Encoding.UTF8.GetString(frames[^3]));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed()
    {
        var format = new WireFormat("");
        var frames = format.Write([], "status", parentHeader: null, []);
        Assert.Empty(frames[1]);
        Assert.NotNull(format.Read(frames));
        Assert.NotNull(format.Read(frames));
    }

    [Fact]
    public void A_message_with_buffers_is_read()
    {
        var format = new WireFormat("key");
        var frames = format.Write([], "comm_msg", parentHeader: null, []);
        Assert.NotNull(format.Read([.. frames, [1], [2, 3]]));
    }

    [Fact]
    public void The_last_65536_signatures_are_remembered()
    {
        var seen = new SeenSignatures();
        Assert.True(seen.Add("first"u8.ToArray()));
        for (var i = 0; i < 65_535; i++)
            Assert.True(seen.Add(Encoding.ASCII.GetBytes($"{i}")));
        Assert.False(seen.Add("first"u8.ToArray()));
        Assert.True(seen.Add("one more"u8.ToArray()));
        Assert.True(seen.Add("first"u8.ToArray()));
    }

    [Theory]
    [InlineData("{\"n\": 3}", 3)]
    [InlineData("{}", -1)]
    [InlineData("{\"n\": null}", -1)]
    public void A_number_is_read_or_stands_for_what_is_missing(string content, int expected) =>
        Assert.Equal(expected, JsonNode.Parse(content)!.AsObject().Number("n", otherwise: -1));
}
