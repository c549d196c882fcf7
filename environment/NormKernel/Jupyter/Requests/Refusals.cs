using System.Text.Json.Nodes;
using NormKernel.Jupyter.Channels;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Requests;

/// <summary>Answers to what this kernel does not offer, in the form that the protocol has for each.</summary>
public static class Refusals
{
    /// <summary>No debugger: the Debug Adapter Protocol's answer that a request failed.</summary>
    public static JsonObject Debug(JupyterMessage request) => new()
    {
        ["type"] = "response",
        ["request_seq"] = request.Content["seq"]?.DeepClone() ?? 0,
        ["command"] = request.Content["command"]?.DeepClone() ?? "",
        ["success"] = false,
        ["message"] = "This kernel has no debugger of its own: attach one to the process.",
    };

    /// <summary>No comm target is known, so a comm that is opened is closed.</summary>
    public static JsonObject? CommOpen(JupyterMessage request, FrontEnd frontEnd)
    {
        frontEnd.Publish(request, "comm_close", new() { ["comm_id"] = request.Content.Text("comm_id"), ["data"] = new JsonObject() });
        return null;
    }

    public static JsonObject Comms() => new() { ["status"] = "ok", ["comms"] = new JsonObject() };

    public static JsonObject Subshell() => ReplyContent.Error("NotSupported", "This kernel has no subshells: `supported_features` of kernel_info_reply does not name them.");
}
