using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Channels;

/// <summary>What the kernel says to the front ends; from any thread.</summary>
public sealed class FrontEnd(WireFormat format, Action<Channel, IReadOnlyList<byte[]>> send)
{
    /// <summary>A display's id as front ends see it: they may remember those of the kernel that ran before this one.</summary>
    public string DisplayId(string id) => $"{format.Session[..8]}-{id}";

    /// <summary>Answers the sender of a request.</summary>
    public void Reply(Channel channel, JupyterMessage request, string type, JsonObject content) =>
        send(channel, format.Write(request.Identities, type, request.Header, content));

    /// <summary>Tells everybody what comes of a request.</summary>
    public void Publish(JupyterMessage? request, string type, JsonObject content)
    {
        var topic = Encoding.UTF8.GetBytes($"kernel.{format.Session}.{type}");
        send(Channel.IOPub, format.Write([topic], type, request?.Header, content));
    }

    /// <param name="request">What the kernel is busy with, or null at its start.</param>
    /// <param name="state">busy, idle or starting.</param>
    public void PublishState(JupyterMessage? request, string state) => Publish(request, "status", new() { ["execution_state"] = state });
}
